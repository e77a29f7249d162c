import type { Account } from '../account/account.ts'
import type { Context } from '../catalog/context.ts'
import { type Decision, unchanged } from '../decision.ts'
import { record } from '../journal/record.ts'
import type { App } from '../migration/compliance.ts'
import { type Refusal, refuse } from '../refusal.ts'

export interface MoveApp {
  readonly kind: 'move-app'
  readonly appId: string
}

export interface MoveAppContext extends Context {
  readonly app?: App
  readonly hasHub: boolean
}

export type MovedApp = 'moved' | 'already-there'

/** Moves an app into the team's developer hub, where it stays. Another team's app is refused like one that does not exist. */
export function moveApp(
  account: Account,
  { appId }: MoveApp,
  { now, app, hasHub }: MoveAppContext,
): Decision<MovedApp> | Refusal<'HUB_REQUIRED' | 'UNKNOWN_APP'> {
  if (!hasHub) return refuse('HUB_REQUIRED')
  if (app?.teamId !== account.teamId) return refuse('UNKNOWN_APP')
  if (app.isInHub) return unchanged(account, 'already-there')
  const next = record(account, now, { kind: 'app-moved', appId })
  return { account: next.account, entries: [next.entry], answer: 'moved' }
}
