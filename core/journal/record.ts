import type { Account } from '../account/account.ts'
import type { Instant } from '../time/time.ts'
import type { EntryBodyOf, EntryHead, EntryKind, EntryOf } from './entry.ts'
import { apply } from './fold.ts'

export interface Recorded<Kind extends EntryKind> {
  readonly account: Account
  readonly entry: EntryOf<Kind>
}

/**
 * Makes the account's next entry, and the account after it. Only `core/commands` and `core/advance.ts` call it, so every
 * kind of entry is decided there.
 */
export function record<Kind extends EntryKind>(
  account: Account,
  at: Instant,
  body: { readonly kind: Kind } & EntryBodyOf<Kind>,
): Recorded<Kind> {
  const head: EntryHead = { teamId: account.teamId, version: account.version + 1, at }
  const entry = { ...head, ...body }
  return { account: apply(account, entry), entry }
}
