import type { Account } from '../account/account.ts'
import type { Context } from '../catalog/context.ts'
import { type Decision, unchanged } from '../decision.ts'
import { budgetMove } from '../funding/budget.ts'
import { closureOf } from '../journal/closure.ts'
import type { Authorization } from '../journal/entry.ts'
import { record } from '../journal/record.ts'

export interface VoidAuthorization {
  readonly kind: 'void'
  readonly authorizationId: string
}

export interface VoidContext extends Context {
  /** The authorization as its latest entry leaves it. */
  readonly authorization: Authorization
}

/** Gives back all that an authorization still holds; what was captured stays. Changes nothing when it is over. */
export function voidAuthorization(
  account: Account,
  _command: VoidAuthorization,
  { now, authorization: before }: VoidContext,
): Decision<undefined> {
  if (closureOf(before, now) !== undefined) return unchanged(account, undefined)
  const sequence = before.sequence + 1
  const authorization = { ...before, held: 0, closed: true, closedBecause: 'void', sequence } as const
  const move = budgetMove(account, before, authorization, now)
  const next = record(account, now, { kind: 'void', authorization, released: before.held, ...move })
  return { account: next.account, entries: [next.entry], answer: undefined }
}
