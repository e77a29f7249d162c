import type { Account } from './account/account.ts'
import type { Entry } from './journal/entry.ts'

/** The result of an allowed command: the account after it, the entries to write, and the answer to the caller. */
export interface Decision<Answer> {
  readonly account: Account
  readonly entries: readonly Entry[]
  readonly answer: Answer
}
