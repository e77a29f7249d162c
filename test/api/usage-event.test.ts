import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { instantToJson, parseInstant } from '../../contract/instant.ts'
import { eventIdentity, parseUsageEvent } from '../../contract/usage-event.ts'

describe('a usage event', () => {
  const sent = {
    specversion: '1.0',
    type: 'aps.usage.v1',
    source: 'urn:example:one',
    id: 'u/1:a',
    subject: 'viewer',
    time: '2027-01-15T09:00:00.123456+09:00',
    data: { meter: 'reality-capture', quantity: 3 },
  }

  test('is read, its extension attributes ignored', () => {
    expect(
      parseUsageEvent({ ...sent, traceparent: '00-ab', datacontenttype: 'application/json', sampled: true }),
    ).toEqual({
      event: {
        source: 'urn:example:one',
        id: 'u/1:a',
        appId: 'viewer',
        time: Date.UTC(2027, 0, 15, 0, 0, 0, 123),
        meter: 'reality-capture',
        quantity: 3,
      },
    })
  })

  test.each([
    [{ specversion: '0.3' }, '/specversion'],
    [{ type: 'other' }, '/type'],
    [{ source: 'a b' }, '/source'],
    [{ source: '' }, '/source'],
    [{ id: 'a#b' }, '/id'],
    [{ id: 'x'.repeat(129) }, '/id'],
    [{ id: 5 }, '/id'],
    [{ subject: '../x' }, '/subject'],
    [{ time: '2027-02-30T00:00:00Z' }, '/time'],
    [{ datacontenttype: 'text/xml' }, '/datacontenttype'],
    [{ data: { meter: 'm', quantity: 1, note: 'x' } }, '/data/note'],
    [{ data: { meter: 'm', quantity: 0.5 } }, '/data/quantity'],
    [{ data: undefined }, '/data'],
    [{ data_base64: 'aa' }, '/data_base64'],
    [{ traceId: 'x' }, '/traceId'],
    [{ trace: { a: 1 } }, '/trace'],
  ])('%j is rejected at %s', (change, pointer) => {
    const read = parseUsageEvent({ ...sent, ...change })
    expect(read).toMatchObject({ problem: { code: 'BAD_EVENT', errors: [{ pointer }] } })
  })

  test('arbitrary values are rejected in words, never thrown at', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        expect(parseUsageEvent(value, 'ja')).toHaveProperty('problem.code', 'BAD_EVENT')
      }),
    )
  })
})

test('a rejected event is told apart by what it has of source and id, never at length', () => {
  expect(eventIdentity({ id: 'x'.repeat(1000), source: 5 })).toEqual({ id: 'x'.repeat(256), source: null })
})

test.each([
  ['2027-01-15T09:00:00Z', '2027-01-15T09:00:00Z'],
  ['2027-01-15t09:00:00.5z', '2027-01-15T09:00:00.500Z'],
  ['2028-02-29T23:59:59-23:59', '2028-03-01T23:58:59Z'],
  ['2027-01-15T24:00:00Z', undefined],
  ['2027-02-29T00:00:00Z', undefined],
  ['2027-01-15T09:00:60Z', undefined],
  ['2027-01-15T09:00:00', undefined],
  ['2027-01-15 09:00:00Z', undefined],
  ['2027-1-5T09:00:00Z', undefined],
  ['0001-01-01T00:00:00Z', undefined],
  ['2027-01-15T09:00:00+24:00', undefined],
])('the instant %s is %s', (text, expected) => {
  const at = parseInstant(text)
  expect(at === undefined ? undefined : instantToJson(at)).toBe(expected)
})
