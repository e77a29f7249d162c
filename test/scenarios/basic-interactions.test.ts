import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { classifyCall } from '../../core/catalog/classifier.ts'

interface Case {
  readonly method: string
  readonly path: string
  readonly inputFile?: string
  readonly meter: string | null
}

const file = new URL('./data/basic-interactions.json', import.meta.url)
const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { cases: Case[] }

test.each(cases)('$method $path $inputFile counts on $meter', ({ method, path, inputFile, meter }) => {
  expect(classifyCall({ method, path, inputFile })).toBe(meter)
})
