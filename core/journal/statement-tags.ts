import { chargesOf, type Entry } from './entry.ts'
import { appOf, bookedDay, lotsOf, meterOf, type StatementFilter } from './statement.ts'

/**
 * The tags of an entry, each `dimension:value`: everything that a filter of the statement can ask about it. An entry that a
 * filter lets through has a tag of each group of `tagsAsked`; the reverse need not be true.
 */
export function tagsOf(entry: Entry): readonly string[] {
  const charges = chargesOf(entry)
  const meter = meterOf(entry)
  const app = appOf(entry)
  const tags = [
    `kind:${entry.kind}`,
    `day:${bookedDay(entry)}`,
    ...(app === undefined ? [] : [`app:${app}`]),
    ...(meter === undefined ? [] : [`meter:${meter}`]),
    ...lotsOf(entry).map((lotId) => `lot:${lotId}`),
    ...charges.flatMap((charge) => [
      `meter:${charge.meter}`,
      `source:${charge.source}`,
      ...(charge.source === 'pay-as-you-go' ? [`period:${charge.period}`] : []),
      ...(charge.source === 'flex' ? charge.lots.map(({ lotId }) => `lot:${lotId}`) : []),
    ]),
  ]
  return [...new Set(tags)]
}

/** Groups of tags: an entry that the filter lets through has at least one tag of each group. */
export function tagsAsked(filter: StatementFilter): readonly (readonly string[])[] {
  const { kind, day, appId, meters, lotId, source, period } = filter
  const groups = Object.entries({ kind, day, app: appId, lot: lotId, source, period }).flatMap(
    ([dimension, value]) => (value === undefined ? [] : [[`${dimension}:${value}`]]),
  )
  return meters === undefined ? groups : [...groups, meters.map((meter) => `meter:${meter}`)]
}

/** For each tag, a bit for each child that has it: the entries of a block, or the blocks of a chapter. */
export type Digest = ReadonlyMap<string, bigint>

/** Values of one dimension in a digest; with more, the digest only says that a child has any. */
const valuesMax = 200
const anyValue = '*'

/** The digest of children in their order, each with its tags. */
export function digestOf(children: readonly (readonly string[])[]): Digest {
  const digest = new Map<string, bigint>()
  for (const [index, tags] of children.entries())
    for (const tag of tags) digest.set(tag, (digest.get(tag) ?? 0n) | (1n << BigInt(index)))
  return withFewValues(digest)
}

/** The children that have a tag of each group. */
export function childrenWith(digest: Digest, groups: readonly (readonly string[])[]): bigint {
  const bitsOf = (tag: string) => (digest.get(tag) ?? 0n) | (digest.get(anyOf(tag)) ?? 0n)
  return groups
    .map((tags) => tags.reduce((bits, tag) => bits | bitsOf(tag), 0n))
    .reduce((all, bits) => all & bits, -1n)
}

function withFewValues(digest: Digest): Digest {
  const counts = new Map<string, number>()
  for (const tag of digest.keys()) counts.set(anyOf(tag), (counts.get(anyOf(tag)) ?? 0) + 1)
  const few = new Map<string, bigint>()
  for (const [tag, bits] of digest) {
    const name = (counts.get(anyOf(tag)) ?? 0) > valuesMax ? anyOf(tag) : tag
    few.set(name, (few.get(name) ?? 0n) | bits)
  }
  return few
}

function anyOf(tag: string): string {
  return `${tag.slice(0, tag.indexOf(':'))}:${anyValue}`
}
