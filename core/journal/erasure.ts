import type { Entry, EntryKind } from './entry.ts'

/** The text that replaces a person's data. */
export const erasedText = '[erased]'

/**
 * The field of an entry that holds free text, which may name a person; undefined if there is none. No amount depends on
 * it. Ids are not among these fields, because entries are found and recognized by their ids.
 */
export function freeText(
  entry: Entry,
): { readonly field: 'name' | 'reason'; readonly text: string } | undefined {
  switch (entry.kind) {
    case 'hub-named':
    case 'budget-made':
      return { field: 'name', text: entry.name }
    case 'team-changed':
    case 'subscriptions-changed':
    case 'payment':
    case 'suspended':
    case 'resumed':
    case 'adjustment':
    case 'reversal':
      return entry.reason === undefined ? undefined : { field: 'reason', text: entry.reason }
    default:
      return undefined
  }
}

const kindsWithReason: ReadonlySet<string> = new Set<EntryKind>([
  'team-changed',
  'subscriptions-changed',
  'payment',
  'suspended',
  'resumed',
  'adjustment',
  'reversal',
])

/** True for the kinds of entries that may contain the reason of an operator. */
export function mayHaveReason(kind: string): boolean {
  return kindsWithReason.has(kind)
}

/** The entry with its free text erased, and everything else unchanged; the same entry if there is nothing to erase. */
export function withoutPersonalData<E extends Entry>(entry: E): E {
  const free = freeText(entry)
  return free === undefined || free.text === erasedText ? entry : { ...entry, [free.field]: erasedText }
}
