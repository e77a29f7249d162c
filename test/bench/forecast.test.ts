import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { reportOf } from '../../bench/forecast/report.ts'
import { launchCatalog } from '../support/launch-catalog.ts'

const page = readFileSync(new URL('../../docs/forecast.md', import.meta.url), 'utf8')
const report = reportOf('heldOut', launchCatalog)

test('docs/forecast.md shows the errors that the forecast has today', () => {
  expect(page).toContain(report)
})

test('the forecast of teams that it was not chosen with is better than the naive one, on every day', () => {
  const percents = (line: string) => [...line.matchAll(/([\d.]+) %/g)].map(([, number]) => Number(number))
  const lines = report.split('\n').filter((line) => line.startsWith('| **all'))
  expect(lines).toHaveLength(4)
  for (const [median = 0, , inside = 0, naive = 0] of lines.map(percents)) {
    expect(median).toBeLessThan(naive)
    expect(inside).toBeGreaterThan(70)
  }
})
