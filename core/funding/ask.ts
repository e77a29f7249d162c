import { type Account, type Funding, meterState, termsAt, tokensLeft } from '../account/account.ts'
import { amountOf, budgetLeft, findBudget } from '../account/budgets.ts'
import { addHold } from '../account/holds.ts'
import { type Catalog, type Rate, ratesBetween } from '../catalog/catalog.ts'
import type { Context } from '../catalog/context.ts'
import { endAfter } from '../catalog/names.ts'
import type { Cap, FundedBy } from '../journal/entry.ts'
import type { App } from '../migration/compliance.ts'
import { holdExpiry, type Instant, minuteMs } from '../time/time.ts'
import {
  appAllowance,
  type FreeAllowance,
  freeAllowances,
  leftOf,
  mostOf,
  stoppingMeter,
} from './allowance.ts'
import { backingPhases, isCovered, type Phase, withAskedHolds } from './backing.ts'
import { costAtMost, newCap } from './cap.ts'
import type { Allowance } from './denial.ts'
import { type IncludedLeft, includedForFree, includedLeft } from './included.ts'
import type { Quote } from './quote.ts'
import { largest } from './search.ts'

/** The use of a meter that an app asks for, in base units. */
export interface AskedUse {
  readonly appId: string
  readonly meter: string
  readonly quantity: number
  /** The least quantity that may be granted instead of `quantity`; absent where only all of it will do. */
  readonly quantityMin?: number
  readonly holdSeconds: number
  /** The quote that caps what the use may cost. */
  readonly quoteId?: string | undefined
  /** The budget that the use draws on. */
  readonly budgetId?: string | undefined
}

/** Everything that an ask is made of besides the account. */
export interface AskContext extends Context {
  readonly app: App
  /** The quote of the asked use; absent without one, and where there is none under its id. */
  readonly quote?: Quote
}

/** A requested use at one instant, with everything that the rules read. */
export interface Ask extends AskedUse {
  readonly account: Account
  readonly app: App
  readonly quote?: Quote
  readonly now: Instant
  readonly catalog: Catalog
  /** The end of the hold, or of the meter, if that comes first. */
  readonly expiresAt: Instant
  /** Every row of the meter that is in force until the hold ends; empty if the API is not rated. */
  readonly rates: readonly Rate[]
  /** Every row that may price what the meter holds, until the last hold on it ends. */
  readonly holdRates: readonly Rate[]
  readonly funding: Funding
  readonly included: IncludedLeft
  /** The team has no plan yet: it is metered as free, and limits only warn until the deadline. */
  readonly isGrace: boolean
  /** The backing without the requested use; empty unless a paid plan pays. */
  readonly phases: readonly Phase[]
}

/** The end of a hold that is requested now. A hold ends with its meter, on the full minute, but no sooner than the next one. */
function endOfHold(catalog: Catalog, meter: string, now: Instant, holdSeconds: number): Instant {
  const expiry = holdExpiry(now, holdSeconds)
  const end = endAfter(catalog, meter, now) ?? Number.POSITIVE_INFINITY
  return Math.min(expiry, Math.max(Math.floor(end / minuteMs) * minuteMs, holdExpiry(now, 1)))
}

/** Gathers everything that the rules read. `account` has been advanced to `now`. */
export function askAt(
  account: Account,
  { appId, meter, quantity, quantityMin, holdSeconds, quoteId, budgetId }: AskedUse,
  { app, quote, now, catalog }: AskContext,
): Ask {
  const { plan } = termsAt(account, now)
  const expiresAt = endOfHold(catalog, meter, now, holdSeconds)
  const rates = ratesBetween(catalog, meter, now, expiresAt)
  const { paid } = meterState(account, meter)
  const holdRates = ratesBetween(catalog, meter, now, Math.max(expiresAt, paid.at(-1)?.expiresAt ?? 0))
  const funding = rates.length === 0 ? 'unrated' : plan === 'paid' ? 'paid' : 'free'
  const phases = funding === 'paid' ? backingPhases(account, { now, catalog }, expiresAt) : []
  const use = { appId, meter, quantity, quantityMin, holdSeconds, quoteId, budgetId }
  return {
    ...use,
    account,
    app,
    ...(quote !== undefined && { quote }),
    now,
    catalog,
    expiresAt,
    rates,
    holdRates,
    funding,
    included: includedLeft(account, meter, { now, catalog }),
    isGrace: plan === 'none',
    phases,
  }
}

/** The team's own limit of the app on the meter; infinite if there is none. */
export function appLimitOf(ask: Ask): Allowance {
  return appAllowance(ask.account, ask, ask.now)
}

/** The meter's free amount in the month that leaves less: the current one, or the next one where the hold crosses its start. */
export function freeAmountOf(ask: Ask): FreeAllowance {
  const { current, next } = freeAllowances(ask.account, ask.meter, ask)
  return ask.expiresAt > ask.included.turnsAt && mostOf(next) < mostOf(current) ? next : current
}

/** True if included and free amounts do not cover the requested use, or another meter stops what is not included. */
export function isFreeLimitReached(ask: Ask): boolean {
  return ask.funding !== 'unrated' && ask.quantity > mostFree(ask)
}

/** Base units that included and free amounts cover at most. A stop of the API leaves the included ones. */
function mostFree(ask: Ask): number {
  const most = mostOf(freeAmountOf(ask))
  if (stoppedBy(ask) === undefined) return most
  return Math.min(most, freeAllowances(ask.account, ask.meter, ask).current.spareIncluded)
}

/** The other meter whose used-up free amount stops the API; undefined when none does. */
export function stoppedBy(ask: Ask): string | undefined {
  return stoppingMeter(ask.account, ask.meter, ask)
}

/** The phases of the backing with `quantity` base units of the requested use. */
export function phasesWith(ask: Ask, quantity: number): readonly Phase[] {
  const { meter, expiresAt, included, holdRates: rates, now } = ask
  const { remainder, paid } = meterState(ask.account, meter)
  const holds = addHold(paid, expiresAt, quantity)
  return ask.phases.map((phase) => withAskedHolds(phase, { meter, holds, included, rates, remainder, now }))
}

/** True if tokens and spend limit would pay for `quantity` base units at every instant until the hold ends. */
export function isBacked(ask: Ask, quantity: number): boolean {
  return phasesWith(ask, quantity).every(isCovered)
}

/** The source that pays the next unit of an allowed ask. */
export function fundedBy(ask: Ask): FundedBy {
  const { account, meter, funding, included, isGrace, rates } = ask
  if (funding === 'unrated') return 'unrated'
  if ((funding === 'paid' ? included.now : includedForFree(account, meter, ask)) > 0) return 'included'
  if (funding === 'free') return isGrace ? 'grace' : 'free'
  const [rate] = rates
  return rate !== undefined && tokensLeft(account) >= rate.milliTokensPerUnit ? 'flex' : 'pay-as-you-go'
}

/** Base units that could still be authorized after an allowed ask; undefined if nothing limits it. */
export function remainingAfter(ask: Ask): number | undefined {
  const { funding, isGrace, quantity } = ask
  if (funding === 'unrated') return undefined
  const bounds = [leftOf(appLimitOf(ask)) - quantity]
  if (ask.budgetId !== undefined) bounds.push(budgetedAfter(ask))
  if (funding === 'free' && !isGrace) bounds.push(mostFree(ask) - quantity)
  if (funding === 'paid') bounds.push(backedAfter(ask))
  const least = Math.min(...bounds)
  return Number.isFinite(least) ? least : undefined
}

/** The ask for as much of the quantity as is left, and quoted, where its least quantity is allowed. */
export function fitted(ask: Ask): Ask {
  if (ask.quantityMin === undefined) return ask
  const most = remainingAfter({ ...ask, quantity: 0 }) ?? ask.quantity
  return { ...ask, quantity: Math.min(ask.quantity, most, ask.quote?.quantity ?? most) }
}

/** The cap of an authorization of the ask: that of its quote, else the most that its quantity can cost. */
export function capOf(ask: Ask): Cap {
  const { quote, quantity, rates, account, meter } = ask
  if (quote !== undefined) return newCap(quote.quantity, quote)
  return newCap(quantity, costAtMost(rates, quantity, meterState(account, meter).remainder))
}

/** The amount of its budget that the ask needs and lacks; zero where the budget covers it, and without a budget. */
export function lacksOfBudget(ask: Ask): number {
  const budget = findBudget(ask.account, ask.budgetId)
  if (budget === undefined || ask.funding !== 'paid') return 0
  return Math.max(0, amountOf(budget, capOf(ask)) - budgetLeft(budget, ask.now))
}

function budgetedAfter(ask: Ask): number {
  const isCovered = (more: number) => lacksOfBudget({ ...ask, quantity: ask.quantity + more }) === 0
  const most = Number.MAX_SAFE_INTEGER - ask.quantity
  return isCovered(most) ? Number.POSITIVE_INFINITY : largest(most, isCovered)
}

function backedAfter(ask: Ask): number {
  if (isBacked(ask, Number.MAX_SAFE_INTEGER)) return Number.POSITIVE_INFINITY
  return largest(Number.MAX_SAFE_INTEGER, (more) => isBacked(ask, ask.quantity + more))
}
