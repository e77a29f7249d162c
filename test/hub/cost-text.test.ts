import { expect, test } from 'vitest'
import { changeText, costText } from '../../hub/pages/usage/cost-text.ts'
import { cellsOf, seriesOf } from '../../hub/pages/usage/usage-series.ts'
import { amountOf, firstMeasure, measuresOf, monthsOf, sumOf } from '../../hub/pages/usage/usage-sums.ts'

const words = {
  tokens: (amount: number) => `${amount} tokens`,
  usd: (usdCents: number) => `$${(usdCents / 100).toFixed(2)}`,
}
const facts = { tokenUsdCents: 300, unitOf: () => 'jobs', apiOf: () => 'api' }
const row = (day: string, app: string, tokens: number, usdCents: number) => {
  return { day, app, meter: 'm', quantity: 1, units: 1, tokens, usdCents }
}
const rows = [
  row('2026-09-01', 'small', 1, 0),
  row('2026-09-01', 'large', 0, 900),
  row('2026-09-02', 'small', 0.5, 300),
]

test('a cost is written in both currencies, and one without an amount is left out', () => {
  expect(costText({ tokens: 12, usdCents: 4_500 }, words)).toBe('12 tokens + $45.00')
  expect(costText({ tokens: 12, usdCents: 0 }, words)).toBe('12 tokens')
  expect(costText({ tokens: 0, usdCents: 4_500 }, words)).toBe('$45.00')
  expect(costText({ tokens: 0, usdCents: 0 }, words)).toBe('$0.00')
})

test('a developer reads a cost without money', () => {
  expect(costText({ tokens: 0 }, words)).toBe('0 tokens')
  expect(costText({ tokens: 3 }, words)).toBe('3 tokens')
})

test('a change is written in both currencies, each with its sign', () => {
  const before = { tokens: 12.1, usdCents: 4_500 }
  expect(changeText({ tokens: 15.3, usdCents: 3_000 }, before, words)).toBe('+3.2 tokens, −$15.00')
  expect(changeText(before, before, words)).toBe('±0')
})

test('a sum keeps tokens and money apart, and draws both at the price of a token', () => {
  const sum = sumOf(rows, facts)
  expect(sum).toMatchObject({ tokens: 1.5, usdCents: 1_200 })
  expect(amountOf(sum, 'cost')).toBe(16.5)
})

test('the cost is the first measure; a developer starts with tokens', () => {
  const sum = sumOf(rows, facts)
  expect(firstMeasure(sum, true)).toBe('cost')
  expect(firstMeasure(sum, false)).toBe('tokens')
  expect(measuresOf(sum, false)).toEqual(['tokens', { unit: 'jobs' }])
})

test('the largest cost comes first in the legend, and within a day of the table', () => {
  const asked = { group: 'app', measure: 'cost', spans: ['2026-09-01', '2026-09-02'] } as const
  const series = seriesOf(rows, asked, facts)
  expect(series.map(({ member }) => member)).toEqual(['large', 'small'])
  expect(series[1]?.sums.map(({ tokens, usdCents }) => [tokens, usdCents])).toEqual([
    [1, 0],
    [0.5, 300],
  ])
  expect(cellsOf(rows, 'app', facts).map(({ span, member }) => `${span} ${member}`)).toEqual([
    '2026-09-02 small',
    '2026-09-01 large',
    '2026-09-01 small',
  ])
})

test('months are listed from the first to the last, across a year', () => {
  expect(monthsOf('2026-11-05', '2027-01-01')).toEqual(['2026-11', '2026-12', '2027-01'])
})
