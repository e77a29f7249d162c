import type { Write } from './commit.ts'
import { type DirectoryRow, listingOf, type StoredRow } from './directory-row.ts'
import { directoryKey, listingKey } from './keys.ts'
import type { Table } from './table.ts'

/** Places in lists that one transaction changes, next to the row; a transaction takes a hundred. */
export const placesPerStep = 95

/** One step towards the wanted row: the places that the team enters and leaves, and the row that names the places then. */
export interface RowChange {
  readonly entered: readonly string[]
  readonly left: readonly string[]
  readonly row: DirectoryRow | undefined
}

/** The next step towards the wanted row; none when it is reached. */
export function changeOf(
  stored: StoredRow | undefined,
  wanted: DirectoryRow | undefined,
): RowChange | undefined {
  const [before, after] = [new Set(stored?.listings), new Set(wanted?.listings)]
  const left = [...before].filter((text) => !after.has(text)).slice(0, placesPerStep)
  const room = placesPerStep - left.length
  const entered = [...after].filter((text) => !before.has(text)).slice(0, room)
  const listings = [...before].filter((text) => !left.includes(text)).concat(entered)
  const isLast = listings.length === after.size && listings.every((text) => after.has(text))
  if (!isLast) return { entered, left, row: withListings(wanted ?? stored, listings) }
  if (wanted === undefined ? stored === undefined : stored !== undefined && isSame(stored, wanted))
    return undefined
  return { entered, left, row: wanted }
}

export interface Changing {
  readonly teamId: string
  /** The row that was read: the change is written only while it is the stored one. */
  readonly stored: StoredRow | undefined
  readonly change: RowChange
}

/** The writes of one change, for one transaction. */
export function changing(
  { tableName: TableName }: Table,
  { teamId, stored, change: { entered, left, row } }: Changing,
): readonly Write[] {
  const key = (text: string) => listingKey(listingOf(text), teamId)
  const Key = directoryKey(teamId)
  const condition = { TableName, ...conditionOn(stored) }
  const Item = { ...Key, ...row, revision: (stored?.revision ?? 0) + 1 }
  return [
    row === undefined ? { Delete: { ...condition, Key } } : { Put: { ...condition, Item } },
    ...left.map((text): Write => ({ Delete: { TableName, Key: key(text) } })),
    ...entered.map((text): Write => ({ Put: { TableName, Item: key(text) } })),
  ]
}

function withListings(row: DirectoryRow | undefined, listings: readonly string[]): DirectoryRow | undefined {
  return row && { ...row, listings }
}

function isSame(stored: StoredRow, wanted: DirectoryRow): boolean {
  const { revision: _, ...row } = stored
  return textOf(row) === textOf(wanted)
}

/** Text of a row that does not depend on the order of its fields. */
function textOf(row: DirectoryRow): string {
  return JSON.stringify(Object.entries(row).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

function conditionOn(stored: StoredRow | undefined) {
  if (stored === undefined) return { ConditionExpression: 'attribute_not_exists(pk)' }
  return {
    ConditionExpression: 'revision = :revision',
    ExpressionAttributeValues: { ':revision': stored.revision },
  }
}
