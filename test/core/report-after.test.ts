import { expect, test } from 'vitest'
import { rateAt } from '../../core/catalog/catalog.ts'
import { reportAfterOf } from '../../core/funding/report-after.ts'
import { launchCatalog } from '../support/launch-catalog.ts'

const at = Date.parse('2026-01-15T09:00:00Z')

// 720 seconds cost 300 cents: 2.4 seconds a cent. 300,000 calls cost 300 cents: 1,000 calls a cent. One job costs 150 cents or more.
test.each([
  ['automation-autocad', 2],
  ['automation-3dsmax', 6],
  ['automation-fusion', 4],
  ['flow-graph-engine', 12],
  ['model-derivative-basic', 1_000],
  ['model-derivative-complex-job', 1],
  ['model-derivative-simple-job', 1],
  ['reality-capture', 1],
])('about a cent of %s is %i base units', (meter, quantity) => {
  const rate = rateAt(launchCatalog, meter, at)
  expect(rate && reportAfterOf(rate)).toBe(quantity)
})

const rate = {
  meter: 'm',
  api: 'a',
  baseUnit: 'calls',
  unitSize: 1_000,
  milliTokensPerUnit: 500,
  usdCentsPerUnit: 0,
  freePerPeriod: 0,
}

test('a rate without a price in money is valued at three dollars a token', () => {
  // Half a token is 150 cents for 1,000 calls.
  expect(reportAfterOf(rate)).toBe(6)
  expect(reportAfterOf({ ...rate, milliTokensPerUnit: 1 })).toBe(3_333)
  expect(reportAfterOf({ ...rate, usdCentsPerUnit: 10 })).toBe(100)
})

test('use that costs nothing has no quantity that earns a cent', () => {
  expect(reportAfterOf({ ...rate, milliTokensPerUnit: 0 })).toBeUndefined()
})
