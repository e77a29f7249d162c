import type { Item } from './table.ts'

/**
 * The highest version that this code reads of each kind of item. An item states its version in `itemVersion`; without it,
 * the version is 1. ADR 015 explains how a kind gets another version, and how two deployments then work side by side.
 */
export const readableVersions = {
  account: 2,
  entry: 3,
  profile: 1,
  app: 1,
  member: 1,
  membership: 1,
  notifications: 1,
  alerts: 1,
  delivery: 1,
  quote: 1,
  'budget key': 1,
  cursor: 1,
  activity: 1,
  actor: 1,
  'directory row': 1,
  'usage of a month': 1,
  'statement digest': 1,
  'catalog item': 1,
  'campaign progress': 2,
} as const satisfies Readonly<Record<string, number>>

export type ItemKind = keyof typeof readableVersions

/** An item that a later deployment wrote. Nothing was decided on it, and nothing is written over it. */
export class UnknownItemVersion extends Error {
  override readonly name = 'UnknownItemVersion'

  constructor(kind: ItemKind, version: unknown) {
    super(
      `This deployment reads ${kind} up to version ${readableVersions[kind]}, not ${version}: a later one wrote it.`,
    )
  }
}

/** The item as it is. Throws `UnknownItemVersion` unless this code reads its version. */
export function readable<Read extends Item>(kind: ItemKind, item: Read): Read {
  const { itemVersion = 1 } = item
  const isKnown = Number.isSafeInteger(itemVersion) && Number(itemVersion) >= 1
  if (!isKnown || Number(itemVersion) > readableVersions[kind])
    throw new UnknownItemVersion(kind, itemVersion)
  return item
}
