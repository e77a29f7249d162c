import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  accountKey,
  appKey,
  authorizationKey,
  dueAtKey,
  dueShard,
  dueShardKey,
  dueShards,
  entryKey,
  eventKey,
  keyText,
  parseAccountKey,
  parseStatementKey,
  parseUsageKey,
  statementKey,
  type UsagePlace,
  type UsageSpan,
  usageKey,
  usageRange,
} from '../../lambdas/store/keys.ts'
import { anId } from '../support/arbitrary-account.ts'
import { eventfulWorld } from '../support/stored-world.ts'

const aDay = fc
  .integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2099, 11, 31) })
  .map((at) => new Date(at).toISOString().slice(0, 10))
const aMonth = aDay.map((day) => day.slice(0, 7))
const anInstant = fc.integer({ min: 0, max: Date.UTC(2999, 11, 31) })

describe('the parsers of keys', () => {
  test('read the team from the key of an account', () => {
    fc.assert(
      fc.property(anId, (teamId) => {
        expect(parseAccountKey(accountKey(teamId).pk)).toBe(teamId)
      }),
    )
  })

  test('read month, app and meter from the key of an item of use', () => {
    fc.assert(
      fc.property(anId, aMonth, anId, anId, (teamId, period, appId, meter) => {
        for (const place of [
          { period, appId, meter },
          { period, meter },
        ])
          expect(parseUsageKey(usageKey(teamId, place).sk)).toEqual(place)
      }),
    )
  })

  test('refuse any other key', () => {
    expect(() => parseAccountKey('APP#x')).toThrow('account key')
    expect(() => parseUsageKey('ENTRY#x')).toThrow('usage key')
    expect(() => parseStatementKey('ENTRY#x')).toThrow('statement key')
    for (const level of [0, 1] as const)
      expect(parseStatementKey(statementKey('acme', level, 12).sk)).toBe(12)
  })
})

test('two things never share a key', () => {
  fc.assert(
    fc.property(fc.string(), anId, fc.string(), anId, (source, id, otherSource, otherId) => {
      const isSame = source === otherSource && id === otherId
      expect(keyText(eventKey(source, id)) === keyText(eventKey(otherSource, otherId))).toBe(isSame)
      const keys = [accountKey(id), appKey(id), authorizationKey(id), eventKey(source, id)].map(keyText)
      expect(new Set(keys).size).toBe(4)
    }),
  )
  const { entries } = eventfulWorld()
  expect(new Set(entries.map((entry) => keyText(entryKey(entry)))).size).toBe(entries.length)
})

test('an id that contains the separator is refused', () => {
  for (const make of [accountKey, appKey, authorizationKey]) expect(() => make('a#b')).toThrow('separator')
  expect(() => eventKey('urn:x', 'a#b')).toThrow('separator')
})

test('a span of months has exactly the items of its kind that come after its place', () => {
  const aPlace = fc.record({ period: aMonth, appId: fc.option(anId, { nil: undefined }), meter: anId })
  const isBehind = (place: UsagePlace, after: UsageSpan['after']) =>
    after === undefined ||
    place.period > after.period ||
    (place.period === after.period && after.appId !== undefined && String(place.appId) > after.appId)
  fc.assert(
    fc.property(
      aMonth,
      aMonth,
      aPlace,
      fc.option(aPlace, { nil: undefined }),
      (a, b, { appId, ...rest }, after) => {
        const [from = '', to = ''] = [a, b].toSorted()
        const place = { ...rest, ...(appId !== undefined && { appId }) }
        const kind = appId === undefined ? 'totals' : 'apps'
        const start = after && {
          period: after.period,
          ...(kind === 'apps' && after.appId !== undefined && { appId: after.appId }),
        }
        fc.pre(start === undefined || (start.period >= from && start.period <= to))
        const [first, last] = usageRange({ kind, from, to, ...(start && { after: start }) })
        const { sk } = usageKey('acme', place)
        const isIn = place.period >= from && place.period <= to && isBehind(place, start)
        expect(sk >= first && sk <= last).toBe(isIn)
      },
    ),
  )
})

test('instants sort as text', () => {
  fc.assert(
    fc.property(anInstant, anInstant, (a, b) => {
      expect(dueAtKey(a) < dueAtKey(b)).toBe(a < b)
    }),
  )
})

test('captures of one authorization sort by their sequence, after the authorization', () => {
  const capture = eventfulWorld().entries.find((entry) => entry.kind === 'capture')
  if (capture?.kind !== 'capture') throw new Error('no capture')
  const keyAt = (sequence: number) =>
    entryKey({ ...capture, authorization: { ...capture.authorization, sequence } }).sk
  const sorted = [authorizationKey('a').sk, ...[1, 2, 9, 10, 99, 100, 12_345].map(keyAt)]
  expect(sorted.toReversed().toSorted()).toEqual(sorted)
})

test('teams are spread over all shards, and each team keeps its shard permanently', () => {
  const shards = Array.from({ length: 2_000 }, (_, n) => dueShard(`team-${n}`))
  expect(new Set(shards)).toEqual(new Set(Array.from({ length: dueShards }, (_, n) => dueShardKey(n))))
  expect([dueShard('acme'), dueShard('kumo-plant')]).toEqual([dueShard('acme'), dueShard('kumo-plant')])
})
