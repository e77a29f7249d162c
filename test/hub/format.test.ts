import { describe, expect, test } from 'vitest'
import { dateLocaleOf, formatIn } from '../../hub/format.ts'

const [en, ja] = [formatIn('en'), formatIn('ja')]

describe('each language writes in its own way', () => {
  test.each([
    [en.number(1_234_567), '1,234,567', ja.number(1_234_567), '1,234,567'],
    [en.tokens(1_000.5), '1,000.5', ja.tokens(0.125), '0.125'],
    [en.usd(30_000), '$300.00', ja.usd(1), '$0.01'],
    [en.percent(0.8), '80%', ja.percent(1.2), '120%'],
    [en.day('2026-01-15'), 'Jan 15, 2026', ja.day('2026-01-15'), '2026年1月15日'],
    [en.period('2026-01'), 'January 2026', ja.period('2026-01'), '2026年1月'],
    [
      en.instant('2026-01-16T23:59:00Z'),
      'Jan 16, 2026, 23:59 UTC',
      ja.instant('2026-01-16T23:59:00Z'),
      '2026年1月16日 23:59 UTC',
    ],
  ])('%s', (english, inEnglish, japanese, inJapanese) => {
    expect([english, japanese]).toEqual([inEnglish, inJapanese])
  })
})

describe('seconds are hours and minutes, too', () => {
  test.each([
    [0, '0 sec', '0 秒'],
    [59, '59 sec', '59 秒'],
    [720, '12 min', '12 分'],
    [18_000, '5 hr', '5 時間'],
    [5_461, '1 hr 31 min 1 sec', '1 時間 31 分 1 秒'],
  ])('%i', (seconds, english, japanese) => {
    expect([en.quantity(seconds, 'seconds'), ja.quantity(seconds, 'seconds')]).toEqual([english, japanese])
  })
  test('other units are counted', () => expect(en.quantity(300_000, 'calls')).toBe('300,000'))
})

test('a distance counts what is wholly left', () => {
  const now = '2026-01-01T00:00:00Z'
  expect(en.distance('2026-01-13T23:00:00Z', now)).toBe('in 12 days')
  expect(ja.distance('2026-01-01T05:59:00Z', now)).toBe('5 時間後')
  expect(en.distance('2025-12-31T23:58:00Z', now)).toBe('2 minutes ago')
})

describe("an instant is in the reader's zone and order", () => {
  const at = '2026-11-01T08:59:00Z'
  test.each([
    ['en', 'en-US', 'America/Los_Angeles', 'Nov 1, 2026, 01:59 PDT'],
    ['en', 'en-GB', 'Europe/London', '1 Nov 2026, 08:59 GMT'],
    ['en', 'en-AU', 'Australia/Sydney', '1 Nov 2026, 19:59 AEDT'],
    ['ja', 'ja-JP', 'Asia/Tokyo', '2026年11月1日 17:59 JST'],
  ] as const)('%s of %s in %s', (language, dateLocale, timeZone, text) => {
    expect(formatIn(language, { dateLocale, timeZone }).instant(at)).toBe(text)
  })
  test('the hour that is repeated when summer time ends has two names', () => {
    const format = formatIn('en', { timeZone: 'America/Los_Angeles' })
    expect(format.instant('2026-11-01T09:59:00Z')).toBe('Nov 1, 2026, 01:59 PST')
    expect(format.utc(at)).toBe('Nov 1, 2026, 08:59 UTC')
  })
  test('the day of an instant is local, and a day of usage stays the UTC day', () => {
    const [west, east] = [
      formatIn('en', { timeZone: 'America/Los_Angeles' }),
      formatIn('ja', { timeZone: 'Asia/Tokyo' }),
    ]
    expect(west.day('2026-11-01T00:00:00Z')).toBe('Oct 31, 2026')
    expect(east.day('2026-10-31T15:00:00Z')).toBe('2026年11月1日')
    expect([west.day('2026-11-01'), east.day('2026-11-01')]).toEqual(['Nov 1, 2026', '2026年11月1日'])
  })
  test('money and numbers follow the language alone', () => {
    const format = formatIn('en', { dateLocale: 'en-IN', timeZone: 'Asia/Kolkata' })
    expect([format.usd(123_456_789), format.number(1_234_567)]).toEqual(['$1,234,567.89', '1,234,567'])
  })
})

test.each([
  ['en', ['en-GB', 'en'], 'en-GB'],
  ['en', ['ja-JP', 'en', 'en-AU'], 'en-AU'],
  ['en', ['fr-FR', 'en'], 'en-US'],
  ['ja', ['en-GB'], 'ja-JP'],
] as const)('dates of a page in %s for %s are those of %s', (language, wishes, locale) => {
  expect(dateLocaleOf(language, wishes)).toBe(locale)
})
