import type { Payable } from '../../core/account/payable.ts'
import type { Activity } from '../../core/journal/activity.ts'
import type { CreditNote } from '../../core/journal/entry.ts'
import type { Key } from './keys.ts'

/** A part of an entry that is stored once more, under a key by which it is read. The audit compares it with the journal. */
export type CopyItem = Key & {
  /** Version of the entry. */
  readonly ofVersion: number
  readonly purchaseId?: string
  readonly payable?: Payable
  readonly creditNote?: CreditNote
  readonly activity?: Activity
}
