import type { Account } from '../account/account.ts'
import type { Context } from '../catalog/context.ts'
import type { Decision } from '../decision.ts'
import { record } from '../journal/record.ts'

export interface Erase {
  readonly kind: 'erase'
}

/**
 * Notes that what people had written about persons is erased from the team's earlier entries, and erases it from the
 * account. Noted again each time, so that a function which remembers the account from before must read it.
 */
export function erase(account: Account, _command: Erase, { now }: Context): Decision<undefined> {
  const next = record(account, now, { kind: 'personal-data-erased' })
  return { account: next.account, entries: [next.entry], answer: undefined }
}
