import { type Account, meterState } from '../account/account.ts'
import { heldAt } from '../account/holds.ts'
import { type Rate, rateAt } from '../catalog/catalog.ts'
import type { Context } from '../catalog/context.ts'
import type { Instant } from '../time/time.ts'
import type { Allowance } from './denial.ts'

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

/** The free amount of a meter: the smallest one of `rates`, which are those in force until a hold ends. */
export function freeAllowance(
  account: Account,
  meter: string,
  { rates, now }: { readonly rates: readonly Rate[]; readonly now: Instant },
): Allowance {
  const { current, free } = meterState(account, meter)
  const limit = Math.min(...rates.map((rate) => rate.freePerPeriod))
  return { limit, used: current.free, held: heldAt(free, now) }
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
