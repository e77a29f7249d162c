import fc from 'fast-check'
import { expect, test } from 'vitest'
import { entryKinds, isMeant, type StatementFilter } from '../../core/journal/statement.ts'
import { childrenWith, digestOf, tagsAsked, tagsOf } from '../../core/journal/statement-tags.ts'
import { propertyRuns } from '../support/property-runs.ts'
import { eventfulWorld } from '../support/stored-world.ts'

const maybe = <T>(...values: readonly T[]) =>
  fc.option(fc.constantFrom(...values), { nil: undefined, freq: 2 })
const anyFilter: fc.Arbitrary<StatementFilter> = fc
  .record({
    kind: maybe(...entryKinds),
    appId: maybe('app', 'nobody'),
    meters: maybe<readonly string[]>(['automation-autocad'], ['reality-capture', 'flow-graph-engine'], []),
    lotId: maybe('lot-2', 'lot-3', 'none'),
    source: maybe('flex' as const, 'pay-as-you-go' as const, 'shortfall' as const),
    period: maybe('2026-04', '2026-05', '2026-06'),
    day: maybe('2026-01-20', '2026-03-31', '2026-05-10'),
  })
  .map((filter) => filter as StatementFilter)

test('a digest has every entry that a filter lets through, and little else', () => {
  const { entries } = eventfulWorld()
  const digest = digestOf(entries.map(tagsOf))
  fc.assert(
    fc.property(anyFilter, (filter) => {
      const found = childrenWith(digest, tagsAsked(filter))
      const meant = entries.flatMap((entry, index) => (isMeant(entry, filter) ? [index] : []))
      expect(meant.filter((index) => ((found >> BigInt(index)) & 1n) === 0n)).toEqual([])
    }),
    propertyRuns(500),
  )
})

test('a digest with too many values of a dimension finds each of them, and keeps the other dimensions', () => {
  const children = Array.from({ length: 201 }, (_, index) => [`app:a${index}`, `kind:${index % 2}`])
  const digest = digestOf(children)
  expect([...digest.keys()].toSorted()).toEqual(['app:*', 'kind:0', 'kind:1'])
  expect(childrenWith(digest, [['app:a7'], ['kind:1']]).toString(2)).toBe('10'.repeat(100))
  expect(digestOf(children.slice(1)).size).toBe(202)
})
