import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { classify } from '../../core/catalog/classifier.ts'
import { jobBody } from '../support/job-body.ts'

interface Case {
  readonly method: string
  readonly path: string
  readonly inputFile?: string
  readonly meter: string | null
}

const file = new URL('./data/basic-interactions.json', import.meta.url)
const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { cases: Case[] }

test.each(cases)('$method $path $inputFile counts on $meter', ({ method, path, inputFile, meter }) => {
  const found = classify({ method, path, ...(inputFile !== undefined && { body: jobBody(inputFile) }) })
  expect(found).toEqual(meter === null ? { cannotTell: 'api', missing: ['path'] } : { meter, quantity: 1 })
})
