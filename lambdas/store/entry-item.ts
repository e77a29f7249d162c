import { assert } from '../../core/assert.ts'
import type { Entry } from '../../core/journal.ts'
import { entryKey, type Key } from './keys.ts'

/** An entry is stored as it is, with its key, and with `team` for the journal's index. */
export type EntryItem = Key & { readonly team: string } & Omit<Entry, 'teamId'>

export function toEntryItem(entry: Entry): EntryItem {
  const { teamId, ...rest } = entry
  return { ...entryKey(entry), team: teamId, ...rest }
}

/** Throws on an item that is not an entry. */
export function fromEntryItem(item: Record<string, unknown>): Entry {
  const { pk: _pk, sk: _sk, team, ...rest } = item
  assert(typeof team === 'string' && typeof rest.kind === 'string', 'an entry item of an unknown shape')
  assert(
    Number.isSafeInteger(rest.version) && Number.isSafeInteger(rest.at),
    'an entry without version or instant',
  )
  return { teamId: team, ...rest } as unknown as Entry
}
