import { expect, test } from 'vitest'
import { billParts, firstMonthIn } from '../../hub/pages/usage/bill-parts.ts'
import { monthOf } from '../../hub/pages/usage/usage-range.ts'

const row = (
  month: string,
  usdCents: number,
  otherBills?: readonly { readonly period: string; readonly usdCents: number }[],
) => ({
  ...{ month, meter: 'm', quantity: 1, units: 1, tokens: 0, usdCents },
  ...(otherBills && { otherBills: [...otherBills] }),
})

test('a bill is the use of its month and the late use of earlier ones', () => {
  const rows = [row('2026-09', 50_000, [{ period: '2026-10', usdCents: 13_200 }]), row('2026-10', 25_200)]
  const bill = { period: '2026-10', usdCents: 38_400, creditedUsdCents: 0 }
  expect(billParts(rows, bill)).toEqual({
    use: 25_200,
    elsewhere: [],
    late: [{ period: '2026-09', usdCents: 13_200 }],
    rest: 0,
    credited: 0,
    bill: 38_400,
  })
})

test('late use is subtracted from the bill of the month in which it was used', () => {
  const rows = [row('2026-09', 50_000, [{ period: '2026-10', usdCents: 13_200 }])]
  const parts = billParts(rows, { period: '2026-09', usdCents: 36_800, creditedUsdCents: 0 })
  expect(parts).toMatchObject({ elsewhere: [{ period: '2026-10', usdCents: 13_200 }], late: [], rest: 0 })
})

test('use that was credited after the bill and shortfall that was paid later are separate parts', () => {
  const parts = billParts([row('2026-09', 600)], {
    ...{ period: '2026-09', usdCents: 1_500, creditedUsdCents: 600 },
  })
  expect(parts).toMatchObject({ use: 600, credited: 600, rest: 300, bill: 1_500 })
})

test('parts of several meters are added by month, and months that cancel out are left out', () => {
  const late = (usdCents: number) => row('2026-09', 900, [{ period: '2026-10', usdCents }])
  const bill = { period: '2026-10', usdCents: 500, creditedUsdCents: 0 }
  expect(billParts([late(200), late(300)], bill).late).toEqual([{ period: '2026-09', usdCents: 500 }])
  expect(billParts([late(200), late(-200)], bill).late).toEqual([])
})

test('events of 34 days reach from the month of a bill to two months before it', () => {
  expect(firstMonthIn('2026-03')).toBe('2026-01')
})

test('a month has a bill where all of its days so far are shown', () => {
  const today = '2026-10-20'
  expect(monthOf({ from: '2026-09-01', to: '2026-09-30' }, today)).toBe('2026-09')
  expect(monthOf({ from: '2026-10-01', to: today }, today)).toBe('2026-10')
  expect(monthOf({ from: '2026-10-01', to: '2026-10-19' }, today)).toBeUndefined()
  expect(monthOf({ from: '2026-08-01', to: '2026-09-30' }, today)).toBeUndefined()
})
