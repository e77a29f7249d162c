import type { Account, HoldSum } from '../account/account.ts'
import { addHold, dropExpired } from '../account/holds.ts'
import type { Entry } from '../journal/entry.ts'
import { record } from '../journal/fold.ts'
import { type Refusal, refuse } from '../refusal.ts'
import { dayMs, type Instant, type Period, periodStart } from '../time/time.ts'

export interface LimitApp {
  readonly appId: string
  readonly meter: string
  /** Base units per period; null lifts the limit. */
  readonly perPeriod: number | null
}

/** Limits that an account carries at most, all apps and meters together. */
export const limitsMax = 50

/** What an app has used in the period, and still holds, on one meter. */
export interface AppUse {
  readonly used: number
  readonly held: readonly HoldSum[]
}

/** How far back entries matter to `appUse`: the period, and the longest hold. */
export function appUseSince(period: Period, now: Instant): Instant {
  return Math.min(periodStart(period), now - dayMs - dayMs / 48)
}

/** Sums one app's use of one meter from the entries of the period (in any order), up to `now`. */
export function appUse(
  entries: readonly Entry[],
  appId: string,
  meter: string,
  period: Period,
  now: Instant,
): AppUse {
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

/** Sets, changes or lifts a limit. `use` is what counts against it already. */
export function limitApp(
  account: Account,
  command: LimitApp,
  use: AppUse,
  now: Instant,
): { account: Account; entry?: Entry } | Refusal {
  const { appId, meter, perPeriod } = command
  const today = account.limits.find((limit) => limit.appId === appId && limit.meter === meter)
  if ((today?.perPeriod ?? null) === perPeriod) return { account }
  if (today === undefined && account.limits.length >= limitsMax) return refuse('TOO_MANY_LIMITS')
  const counted = perPeriod === null ? { used: 0, held: [] } : use
  return record(account, now, { kind: 'limit-set', appId, meter, perPeriod, ...counted })
}
