import type { Account } from '../account/account.ts'
import { limitsMax } from '../account/bounds.ts'
import { inFewInstants } from '../account/holds.ts'
import { assert } from '../assert.ts'
import type { Context } from '../catalog/context.ts'
import { type Decision, unchanged } from '../decision.ts'
import type { AppUse } from '../journal/app-use.ts'
import { record } from '../journal/record.ts'
import { type Refusal, refuse } from '../refusal.ts'

export interface LimitApp {
  readonly kind: 'limit-app'
  readonly appId: string
  readonly meter: string
  /** Base units per period; null lifts the limit. */
  readonly perPeriod: number | null
}

export interface LimitAppContext extends Context {
  /** Present where `needsUse` says so: the use of the app as of the account's version. */
  readonly use?: AppUse
}

/** True for a limit that the team has not set yet, and may set. A limit that is set has counted the use itself. */
export function needsUse(account: Account, command: LimitApp): boolean {
  return (
    command.perPeriod !== null && limitOf(account, command) === undefined && account.limits.length < limitsMax
  )
}

/**
 * Sets, changes or lifts the limit of an app on a meter. It counts the app's use of the month and its open authorizations
 * from the start; an authorization that is too old to be found counts when it is used (`AppUse.fromVersion`).
 */
export function limitApp(
  account: Account,
  command: LimitApp,
  context: LimitAppContext,
): Decision<undefined> | Refusal {
  const { appId, meter, perPeriod } = command
  const today = limitOf(account, command)
  if ((today?.perPeriod ?? null) === perPeriod) return unchanged(account, undefined)
  if (today === undefined && account.limits.length >= limitsMax) return refuse('TOO_MANY_LIMITS')
  const use = perPeriod === null ? noUse : (today ?? context.use)
  assert(use !== undefined, `the use of ${appId} on ${meter} is known`)
  const { used, held, fromVersion } = use
  const counted = { used, held: inFewInstants(held), ...(fromVersion !== undefined && { fromVersion }) }
  const next = record(account, context.now, { kind: 'limit-set', appId, meter, perPeriod, ...counted })
  return { account: next.account, entries: [next.entry], answer: undefined }
}

const noUse: AppUse = { used: 0, held: [] }

function limitOf({ limits }: Account, { appId, meter }: LimitApp) {
  return limits.find((limit) => limit.appId === appId && limit.meter === meter)
}
