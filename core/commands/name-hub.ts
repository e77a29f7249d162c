import type { Account } from '../account/account.ts'
import type { Context } from '../catalog/context.ts'
import { type Decision, unchanged } from '../decision.ts'
import { record } from '../journal/record.ts'

export interface NameHub {
  readonly kind: 'name-hub'
  readonly name: string
}

export interface NameHubContext extends Context {
  /** The hub's current name; absent if the team has no hub yet. */
  readonly today?: string
}

/** Creates the team's developer hub, or changes its name; a team has at most one. */
export function nameHub(
  account: Account,
  { name }: NameHub,
  { now, today }: NameHubContext,
): Decision<undefined> {
  if (today === name) return unchanged(account, undefined)
  const next = record(account, now, { kind: 'hub-named', name })
  return { account: next.account, entries: [next.entry], answer: undefined }
}
