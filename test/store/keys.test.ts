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
  parseUsageKey,
  usageKey,
  usageRange,
} from '../../lambdas/store/keys.ts'
import { anId } from '../support/arbitrary-account.ts'
import { eventfulWorld } from '../support/stored-world.ts'

const aDay = fc
  .integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2099, 11, 31) })
  .map((at) => new Date(at).toISOString().slice(0, 10))
const anInstant = fc.integer({ min: 0, max: Date.UTC(2999, 11, 31) })

describe('the parsers of keys', () => {
  test('read the team from the key of an account', () => {
    fc.assert(
      fc.property(anId, (teamId) => {
        expect(parseAccountKey(accountKey(teamId).pk)).toBe(teamId)
      }),
    )
  })

  test('read the day and the app from the key of a day of use', () => {
    fc.assert(
      fc.property(anId, aDay, anId, (teamId, day, appId) => {
        expect(parseUsageKey(usageKey(teamId, day, appId).sk)).toEqual({ day, appId })
      }),
    )
  })

  test('refuse any other key', () => {
    expect(() => parseAccountKey('APP#x')).toThrow('account key')
    expect(() => parseUsageKey('ENTRY#x')).toThrow('usage key')
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

test("a range of days has exactly these days' items", () => {
  fc.assert(
    fc.property(aDay, aDay, aDay, anId, (a, b, day, appId) => {
      const [from = '', to = ''] = [a, b].toSorted()
      const [first, last] = usageRange(from, to)
      const { sk } = usageKey('acme', day, appId)
      expect(sk >= first && sk <= last).toBe(day >= from && day <= to)
    }),
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
