import type { Account } from '../account/account.ts'
import type { Context } from '../catalog/context.ts'
import type { Decision } from '../decision.ts'
import { record } from '../journal/record.ts'

export interface Erase {
  readonly kind: 'erase'
}

/**
 * Erases text that people wrote about persons from the account, and records that it is erased from the team's earlier
 * entries. It makes an entry each time, so that a function which remembers the older account must read it again.
 */
export function erase(account: Account, _command: Erase, { now }: Context): Decision<undefined> {
  const next = record(account, now, { kind: 'personal-data-erased' })
  return { account: next.account, entries: [next.entry], answer: undefined }
}
