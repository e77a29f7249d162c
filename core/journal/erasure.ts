import type { Entry } from './entry.ts'

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
      return { field: 'name', text: entry.name }
    case 'suspended':
    case 'adjustment':
    case 'reversal':
      return { field: 'reason', text: entry.reason }
    default:
      return undefined
  }
}

/** The entry with its free text erased, and everything else unchanged; the same entry if there is nothing to erase. */
export function withoutPersonalData<E extends Entry>(entry: E): E {
  const free = freeText(entry)
  return free === undefined || free.text === erasedText ? entry : { ...entry, [free.field]: erasedText }
}
