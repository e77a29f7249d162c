import { type Account, meterState } from '../account/account.ts'
import { heldAt } from '../account/holds.ts'
import { type Rate, rateAt } from '../catalog/catalog.ts'
import type { Context } from '../catalog/context.ts'
import type { Instant } from '../time/time.ts'
import type { Allowance } from './denial.ts'
import type { IncludedLeft } from './included.ts'

/** Base units left of an allowance; negative if more is used and held than it allows. */
export function leftOf({ limit, used, held }: Allowance): number {
  return limit - used - held
}

/** The team's own limit of an app on a meter; infinite when the team has set none. */
export function appAllowance(
  account: Account,
  app: { readonly appId: string; readonly meter: string },
  now: Instant,
): Allowance {
  const limit = account.limits.find(({ appId, meter }) => appId === app.appId && meter === app.meter)
  if (limit === undefined) return { limit: Number.POSITIVE_INFINITY, used: 0, held: 0 }
  return { limit: limit.perPeriod, used: limit.used, held: heldAt(limit.held, now) }
}

/** A free amount and the included one before it. `held` is what open authorizations hold beyond included amounts. */
export interface FreeAllowance extends Allowance {
  /** Base units of included amounts that no open authorization counts on. */
  readonly spareIncluded: number
}

/** Base units that a free amount and the included one before it still cover. */
export function mostOf(allowance: FreeAllowance): number {
  return allowance.spareIncluded + Math.max(0, leftOf(allowance))
}

/**
 * The free amount of a meter in the current month, and in the next one for what is held across its start: the smallest one of
 * `rates`, which are those in force until a hold ends.
 */
export function freeAllowances(
  account: Account,
  meter: string,
  {
    rates,
    included,
    now,
  }: { readonly rates: readonly Rate[]; readonly included: IncludedLeft; readonly now: Instant },
): { readonly current: FreeAllowance; readonly next: FreeAllowance } {
  const { current, free, paid } = meterState(account, meter)
  const limit = Math.min(...rates.map((rate) => rate.freePerPeriod))
  const allowanceAt = (at: Instant, used: number, amount: number): FreeAllowance => {
    const [heldFree, left] = [heldAt(free, at), Math.max(0, amount - heldAt(paid, at))]
    const [held, spareIncluded] = [Math.max(0, heldFree - left), Math.max(0, left - heldFree)]
    return { limit, used, held, spareIncluded }
  }
  return {
    current: allowanceAt(now, current.free, included.now),
    next: allowanceAt(included.turnsAt, 0, included.next),
  }
}

/**
 * The other meter that stops the API of `rates`: it has used up its free amount, not only held it, and its own row says that
 * this stops the whole API. A meter that is not used stops no other one, even if its free amount is zero. Undefined when
 * none does.
 */
export function stoppingMeter(
  account: Account,
  meter: string,
  { rates, now, catalog }: Context & { readonly rates: readonly Rate[] },
): string | undefined {
  const apis = rates.map(({ api }) => api)
  const others = Object.entries(account.meters).filter(
    ([other, { current }]) => other !== meter && current.free > 0,
  )
  const stopping = others.find(([other, { current }]) => {
    const rate = rateAt(catalog, other, now)
    const stopsApi = rate?.freeLimitStops === 'api' && apis.includes(rate.api)
    return stopsApi && current.free >= rate.freePerPeriod
  })
  return stopping?.[0]
}
