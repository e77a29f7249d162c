import { globSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { chooseSample } from './sample.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const files = globSync('test/long/**/*.test.ts', { cwd: root })
const suites = new Set(files.map((file) => file.split('/')[2]))

test('each long suite gives one file to a sample', () => {
  const sample = chooseSample(files, 7)
  expect(suites.size).toBeGreaterThanOrEqual(5)
  expect(sample.map((file) => file.split('/')[2])).toEqual([...suites].toSorted())
  expect(files).toEqual(expect.arrayContaining([...sample]))
})

test('the same seed gives the same sample, whatever order the files are in', () => {
  expect(chooseSample(files.toReversed(), 7)).toEqual(chooseSample(files, 7))
})

test('every file has its turn', () => {
  const seen = new Set(Array.from({ length: 500 }, (_, seed) => chooseSample(files, seed)).flat())
  expect([...seen].toSorted()).toEqual(files.toSorted())
})
