import { type Account, meterState, spentUsdCents, tokensLeft } from '../account/account.ts'
import { heldAt } from '../account/holds.ts'
import { type Catalog, type Rate, rateAt, ratesBetween } from '../catalog/catalog.ts'
import { type Instant, periodEnd } from '../time/time.ts'
import { type Demand, dearestMoney, inTokens } from './money.ts'

/** An instant at which the funding may be smaller than before: now, and each expiry of a lot under an open hold. */
interface Phase {
  readonly milliTokens: number
  /** Undefined when no money stands behind it at all. */
  readonly spendLeft: number | undefined
  readonly demands: readonly Demand[]
  /** The asked meter's own base units that are held then. */
  readonly held: number
  readonly at: Instant
}

/** Pay-as-you-go that stands behind a check: how much of the current period's limit is left, in US cents. */
export interface SpendLeft {
  readonly current: number
  readonly later: number
}

export interface Ask {
  readonly meter: string
  readonly quantity: number
  readonly expiresAt: Instant
}

/**
 * The backing rule: at every instant until the last open authorization ends, the tokens alive then, plus what is left of
 * the spend limit, cover what is still held then, rounded up to whole units per meter.
 */
export class Backing {
  private readonly phases: readonly Phase[]
  private readonly milliTokens: number
  private readonly ask: Ask | undefined
  private readonly rates: readonly Rate[]
  private readonly remainder: number

  constructor(account: Account, now: Instant, catalog: Catalog, spend: SpendLeft | undefined, ask?: Ask) {
    this.ask = ask
    this.milliTokens = tokensLeft(account)
    this.rates = ask === undefined ? [] : ratesBetween(catalog, ask.meter, now, ask.expiresAt)
    this.remainder = ask === undefined ? 0 : meterState(account, ask.meter).remainder
    const last = Math.max(lastExpiry(account), ask?.expiresAt ?? 0)
    this.phases = aliveAt(account, now, last).map(({ at, milliTokens }) => ({
      at,
      milliTokens,
      spendLeft: at < periodEnd(account.period) ? spend?.current : spend?.later,
      demands: demandsAt(account, at, now, catalog, ask?.meter),
      held: ask === undefined ? 0 : heldAt(meterState(account, ask.meter).paid, at),
    }))
  }

  /** Whether the rule still holds after `milliTokens` are drawn (first expiry first) and `usdCents` are spent. */
  isIntactAfter(milliTokens: number, usdCents: number): boolean {
    return this.phases.every((phase) => this.isCovered(phase, milliTokens, usdCents, 0))
  }

  /** Whether what is asked could be paid too, were it `quantity` base units. */
  covers(quantity: number): boolean {
    return this.phases.every((phase) => this.isCovered(phase, 0, 0, quantity))
  }

  private isCovered(phase: Phase, drawn: number, spent: number, asked: number): boolean {
    const tokens = Math.min(phase.milliTokens, this.milliTokens - drawn)
    const isAskedThen = this.ask !== undefined && this.ask.expiresAt > phase.at
    const own = phase.held + (isAskedThen ? asked : 0)
    const demands =
      own > 0 ? [...phase.demands, dearestDemand(this.rates, own, this.remainder)] : phase.demands
    if (tokens < 0) return false
    if (phase.spendLeft === undefined) return inTokens(demands) <= tokens
    return phase.spendLeft >= spent && dearestMoney(demands, tokens) <= phase.spendLeft - spent
  }
}

/** Whole units that a quantity may complete at worst, at the dearest of some rates. */
export function dearestDemand(rates: readonly Rate[], quantity: number, remainder: number): Demand {
  let dearest: Demand = { units: 0, milliTokensPerUnit: 0, usdCentsPerUnit: 0 }
  for (const rate of rates) {
    // A remainder of a whole unit or more is left only by a card that made the unit smaller.
    const units = Math.ceil(quantity / rate.unitSize) + Math.floor(remainder / rate.unitSize)
    const { milliTokensPerUnit, usdCentsPerUnit } = rate
    const isDearer =
      units * milliTokensPerUnit > dearest.units * dearest.milliTokensPerUnit ||
      units * usdCentsPerUnit > dearest.units * dearest.usdCentsPerUnit
    if (isDearer) dearest = { units, milliTokensPerUnit, usdCentsPerUnit }
  }
  return dearest
}

function demandsAt(
  account: Account,
  at: Instant,
  now: Instant,
  catalog: Catalog,
  but?: string,
): readonly Demand[] {
  return Object.entries(account.meters).flatMap(([meter, state]) => {
    const held = meter === but ? 0 : heldAt(state.paid, at)
    if (held === 0) return []
    const until = state.paid.at(-1)?.expiresAt ?? now
    return [dearestDemand(ratesBetween(catalog, meter, now, until), held, state.remainder)]
  })
}

/**
 * The units that open authorizations can really still complete, if nothing but they is used: what a capture must leave
 * for the others. Smaller than the rule's whole units after a capture has completed a unit with an older remainder.
 */
export function isFundable(account: Account, now: Instant, catalog: Catalog, drawn: number): boolean {
  const left = tokensLeft(account) - drawn
  return aliveAt(account, now, lastExpiry(account)).every(({ at, milliTokens }) => {
    return completable(account, at, now, catalog) <= Math.min(milliTokens, left)
  })
}

function completable(account: Account, at: Instant, now: Instant, catalog: Catalog): number {
  return Object.entries(account.meters).reduce((sum, [meter, state]) => {
    const held = heldAt(state.paid, at)
    const rate = rateAt(catalog, meter, now)
    if (held === 0 || rate === undefined) return sum
    const whole = Math.ceil(held / rate.unitSize)
    const possible = Math.floor((state.remainder + heldAt(state.paid, now)) / rate.unitSize)
    return sum + Math.min(whole, possible) * rate.milliTokensPerUnit
  }, 0)
}

/** The tokens alive now, and from each expiry of a lot before `last` on. */
function aliveAt(
  account: Account,
  now: Instant,
  last: Instant,
): readonly { at: Instant; milliTokens: number }[] {
  const lapses = account.lots.map((lot) => lot.expiresAt).filter((at) => at > now && at < last)
  return [now, ...new Set(lapses)].map((at) => ({
    at,
    milliTokens: account.lots.reduce((sum, lot) => (lot.expiresAt > at ? sum + lot.remaining : sum), 0),
  }))
}

function lastExpiry(account: Account): Instant {
  return Math.max(0, ...Object.values(account.meters).map((state) => state.paid.at(-1)?.expiresAt ?? 0))
}

/** What is left of a spend limit (undefined: none) in the current period, and in one that has not begun. */
export function spendLeft(account: Account, limit: number | undefined): SpendLeft {
  if (limit === undefined) return { current: Number.POSITIVE_INFINITY, later: Number.POSITIVE_INFINITY }
  return { current: Math.max(0, limit - spentUsdCents(account, 'current')), later: limit }
}
