import { assert } from '../core/assert.ts'
import type { Entry } from '../core/journal/entry.ts'
import { fromEntryItem } from '../lambdas/store/entry-item.ts'
import { accountSortKey, entryKey, journalIndex, type Key, keyText } from '../lambdas/store/keys.ts'
import { type Item, pagesOf, type Table } from '../lambdas/store/table.ts'
import type { Input } from '../lambdas/store/table-calls.ts'

/** Key of a stored entry. It identifies the entry in the table and in the index. */
export interface StoredEntry {
  readonly key: Key
  readonly entry: Entry
}

/** Yields team and version of all accounts, page by page. */
export async function* accountsOf(table: Table): AsyncGenerator<{ teamId: string; version: number }> {
  const items = scan(table, {
    FilterExpression: 'sk = :account',
    ExpressionAttributeValues: { ':account': accountSortKey },
    ProjectionExpression: 'teamId, #version',
    ExpressionAttributeNames: { '#version': 'version' },
  })
  for await (const { teamId, version } of items) yield { teamId: String(teamId), version: Number(version) }
}

/** Yields team, version and key of every entry in the table itself, in no particular order. */
export async function* entryKeysOf(table: Table): AsyncGenerator<Key & { team: string; version: number }> {
  const items = scan(table, {
    FilterExpression: 'attribute_exists(team)',
    ProjectionExpression: 'pk, sk, team, #version',
    ExpressionAttributeNames: { '#version': 'version' },
  })
  for await (const { pk, sk, team, version } of items)
    yield { pk: String(pk), sk: String(sk), team: String(team), version: Number(version) }
}

/**
 * Reads one team's entries up to a version from the table itself, in order. It reads the whole table, so use
 * it only after a problem was found.
 */
export async function entriesInTable(table: Table, teamId: string, version: number): Promise<StoredEntry[]> {
  const found: StoredEntry[] = []
  const items = scan(table, {
    FilterExpression: 'team = :team AND #version <= :version',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: { ':team': teamId, ':version': version },
  })
  for await (const item of items) found.push(toStored(item))
  return found.sort((a, b) => a.entry.version - b.entry.version)
}

/** Reads one team's entries with versions from `from` to `to`, both included, from the journal's index. */
export async function* entriesInIndex(
  table: Table,
  teamId: string,
  from: number,
  to: number,
): AsyncGenerator<StoredEntry> {
  const question = {
    TableName: table.tableName,
    IndexName: journalIndex,
    KeyConditionExpression: 'team = :team AND #version BETWEEN :from AND :to',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: { ':team': teamId, ':from': from, ':to': to },
  }
  for await (const items of pagesOf(table, 'Query', question)) yield* items.map(toStored)
}

/** True if the entry's key differs from the key that its fields give. */
export function isMisplaced({ key, entry }: StoredEntry): boolean {
  return keyText(entryKey(entry)) !== keyText(key)
}

function toStored(item: Item): StoredEntry {
  assert(typeof item.pk === 'string' && typeof item.sk === 'string', 'an item without a key')
  return { key: { pk: item.pk, sk: item.sk }, entry: fromEntryItem(item) }
}

/** Reads all items that pass a filter with strong consistency, in no particular order. */
export async function* scan(table: Table, filter: Omit<Input<'Scan'>, 'TableName'>): AsyncGenerator<Item> {
  const question = { TableName: table.tableName, ConsistentRead: true, ...filter }
  for await (const items of pagesOf(table, 'Scan', question)) yield* items
}
