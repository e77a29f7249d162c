import type { Account, HoldSum } from '../account/account.ts'
import { addHold, dropExpired } from '../account/holds.ts'
import type { Context } from '../catalog/context.ts'
import { type Decision, unchanged } from '../decision.ts'
import type { Entry } from '../journal/entry.ts'
import { record } from '../journal/record.ts'
import { type Refusal, refuse } from '../refusal.ts'
import { dayMs, type Instant, type Period, periodStart } from '../time/time.ts'

export interface LimitApp {
  readonly kind: 'limit-app'
  readonly appId: string
  readonly meter: string
  /** Base units per period; null lifts the limit. */
  readonly perPeriod: number | null
}

export interface LimitAppContext extends Context {
  /** The team's entries since `appUseSince`, in any order; none are needed to lift a limit. */
  readonly entries: readonly Entry[]
}

/** Limits that an account carries at most, all apps and meters together. */
export const limitsMax = 50

/** The instant since which entries matter to an app's use: of the period, and of the longest hold. */
export function appUseSince(period: Period, now: Instant): Instant {
  return Math.min(periodStart(period), now - dayMs - dayMs / 48)
}

/** Sets, changes or lifts the limit of an app on a meter. What the app has used and holds counts from the start. */
export function limitApp(
  account: Account,
  command: LimitApp,
  context: LimitAppContext,
): Decision<undefined> | Refusal {
  const { appId, meter, perPeriod } = command
  const today = account.limits.find((limit) => limit.appId === appId && limit.meter === meter)
  if ((today?.perPeriod ?? null) === perPeriod) return unchanged(account, undefined)
  if (today === undefined && account.limits.length >= limitsMax) return refuse('TOO_MANY_LIMITS')
  const use = perPeriod === null ? { used: 0, held: [] } : appUse(account, command, context)
  const next = record(account, context.now, { kind: 'limit-set', appId, meter, perPeriod, ...use })
  return { account: next.account, entries: [next.entry], answer: undefined }
}

/** Sums what an app has used of a meter in the period, and still holds. */
function appUse(
  { period }: Account,
  { appId, meter }: LimitApp,
  { entries, now }: LimitAppContext,
): { readonly used: number; readonly held: readonly HoldSum[] } {
  let used = 0
  let held: readonly HoldSum[] = []
  for (const entry of entries.toSorted((a, b) => a.version - b.version)) {
    const usage = entry.kind === 'capture' || entry.kind === 'usage' ? entry.usage : undefined
    const isCounted = usage?.appId === appId && usage.meter === meter && usage.funding !== 'unrated'
    if (isCounted && usage.period === period) used += usage.quantity
    const change = holdChange(entry, appId, meter)
    if (change !== undefined) held = addHold(held, change.expiresAt, change.quantity)
  }
  return { used, held: dropExpired(held, now) }
}

function holdChange(entry: Entry, appId: string, meter: string): HoldSum | undefined {
  if (entry.kind !== 'authorization' && entry.kind !== 'capture' && entry.kind !== 'void') return undefined
  const { authorization } = entry
  const isMeant =
    authorization.appId === appId && authorization.meter === meter && authorization.funding !== 'unrated'
  if (!isMeant) return undefined
  const quantity = entry.kind === 'authorization' ? authorization.held : -entry.released
  return { expiresAt: authorization.expiresAt, quantity }
}
