import type { Entry } from '../../core/journal/entry.ts'
import { activityItems } from './activity.ts'
import type { CopyItem } from './copy-item.ts'
import { creditNoteItems } from './credit-notes.ts'
import { activityPrefix, creditNotePrefix, orderedPurchasePrefix, payablePrefix } from './keys.ts'
import { payableItems } from './payables.ts'
import { orderedPurchaseItems } from './purchases.ts'

/** The beginnings of the sort keys of all copies. */
export const copyPrefixes = [payablePrefix, orderedPurchasePrefix, creditNotePrefix, activityPrefix] as const

/** The copies that entries leave behind, each key once. */
export function copiesOf(entries: readonly Entry[]): readonly CopyItem[] {
  return [
    ...payableItems(entries),
    ...orderedPurchaseItems(entries),
    ...creditNoteItems(entries),
    ...activityItems(entries),
  ]
}
