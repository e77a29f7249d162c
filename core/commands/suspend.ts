import type { Account } from '../account/account.ts'
import type { Context } from '../catalog/context.ts'
import { type Decision, unchanged } from '../decision.ts'
import { record } from '../journal/record.ts'

export interface Suspend {
  readonly kind: 'suspend'
  readonly reason: string
}

/** Stops all apps of a team until it is resumed. Completed work is still recorded. */
export function suspend(account: Account, { reason }: Suspend, { now }: Context): Decision<undefined> {
  if (account.suspendedBecause === reason) return unchanged(account, undefined)
  const next = record(account, now, { kind: 'suspended', reason })
  return { account: next.account, entries: [next.entry], answer: undefined }
}
