import type { Account } from '../account/account.ts'
import type { Context } from '../catalog/context.ts'
import { type Decision, unchanged } from '../decision.ts'
import { record } from '../journal/record.ts'

export interface Resume {
  readonly kind: 'resume'
  readonly reason?: string | undefined
}

/** Lifts a suspension; without a suspension, nothing changes. */
export function resume(account: Account, { reason }: Resume, { now }: Context): Decision<undefined> {
  if (account.suspendedBecause === undefined) return unchanged(account, undefined)
  const next = record(account, now, { kind: 'resumed', ...(reason !== undefined && { reason }) })
  return { account: next.account, entries: [next.entry], answer: undefined }
}
