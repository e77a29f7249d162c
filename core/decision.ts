import type { Account } from './account/account.ts'
import type { Entry } from './journal/entry.ts'

/** The account and entries that a command makes, and the answer to its caller. No entries: nothing changes. */
export interface Decision<Answer> {
  readonly account: Account
  readonly entries: readonly Entry[]
  readonly answer: Answer
  /** True where a part of the command is refused or changes nothing. Like a refusal, it is decided on a fresh account. */
  readonly isPartial?: boolean
}

/** Decides that a command changes nothing, because the account is already as the command asks. */
export function unchanged<Answer>(account: Account, answer: Answer): Decision<Answer> {
  return { account, entries: [], answer }
}
