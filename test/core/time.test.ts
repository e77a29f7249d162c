import { expect, test } from 'vitest'
import {
  closesAt,
  holdExpiry,
  lotExpiry,
  nextPeriod,
  periodEnd,
  periodOf,
  previousPeriod,
} from '../../core/time/time.ts'

const at = (text: string) => Date.parse(text)
const text = (instant: number) => new Date(instant).toISOString().replace('.000Z', 'Z')

test.each([
  ['2027-03-10T09:00:00Z', '2028-03-11T00:00:00Z'],
  ['2028-02-29T12:00:00Z', '2029-03-01T00:00:00Z'],
  ['2027-02-28T23:59:59Z', '2028-02-29T00:00:00Z'],
  ['2027-12-31T00:00:00Z', '2029-01-01T00:00:00Z'],
])('tokens bought at %s are gone at %s', (bought, gone) => {
  expect(text(lotExpiry(at(bought)))).toBe(gone)
})

test.each([
  ['2027-09-01T10:00:00Z', 60, '2027-09-01T10:01:00Z'],
  ['2027-09-01T10:00:01Z', 1, '2027-09-01T10:01:00Z'],
  ['2027-09-01T10:00:01Z', 3_600, '2027-09-01T11:01:00Z'],
  ['2027-09-01T10:00:00Z', 3_601, '2027-09-01T11:15:00Z'],
  ['2027-09-01T10:07:00Z', 86_400, '2027-09-02T10:15:00Z'],
])('a hold asked at %s for %d seconds ends at %s', (now, seconds, ends) => {
  expect(text(holdExpiry(at(now), seconds))).toBe(ends)
})

test('a month ends where the next begins, and its bill closes 48 hours later', () => {
  expect(periodOf(at('2027-02-28T23:59:59.999Z'))).toBe('2027-02')
  expect(text(periodEnd('2027-12'))).toBe('2028-01-01T00:00:00Z')
  expect(text(closesAt('2028-02'))).toBe('2028-03-03T00:00:00Z')
  expect([nextPeriod('2027-12'), nextPeriod('2027-01'), previousPeriod('2028-01')]).toEqual([
    '2028-01',
    '2027-02',
    '2027-12',
  ])
})
