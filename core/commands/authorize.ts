import {
  type Account,
  type AppLimit,
  type Funding,
  meterState,
  termsAt,
  tokensLeft,
} from '../account/account.ts'
import { heldAt } from '../account/holds.ts'
import { advance } from '../advance.ts'
import { type Catalog, type Rate, ratesBetween } from '../catalog/catalog.ts'
import { type Context, type Decision, unchanged } from '../decision.ts'
import { Backing } from '../funding/backing.ts'
import { isPayAsYouGo, spendable } from '../funding/pay-as-you-go.ts'
import { largest } from '../funding/search.ts'
import type { EntryOf, FundedBy, Warning } from '../journal/entry.ts'
import { record } from '../journal/record.ts'
import { type App, complianceOf } from '../migration/compliance.ts'
import { type AuthorizationRefusalCode, type Refusal, refuse } from '../refusal.ts'
import { holdExpiry, type Instant, periodEnd } from '../time/time.ts'

/** How long an authorization holds unless it says otherwise. */
export const holdSecondsDefault = 3_600

export interface Authorize {
  readonly kind: 'authorize'
  readonly authorizationId: string
  readonly appId: string
  readonly meter: string
  readonly quantity: number
  readonly holdSeconds: number
}

export interface AuthorizeContext extends Context {
  readonly app: App
  /** The authorization that was granted under this id before. */
  readonly earlier?: EntryOf<'authorization'>
}

type Authorized = Decision<EntryOf<'authorization'>>

/** An ask with all that the rules look at, at one instant. */
interface Case {
  readonly account: Account
  readonly ask: Authorize
  readonly now: Instant
  readonly expiresAt: Instant
  readonly catalog: Catalog
  readonly rates: readonly Rate[]
  /** No plan yet, and the deadline is still ahead: metered as free, and limits only warn. */
  readonly isGrace: boolean
}

/**
 * Authorizes an app to use a meter, once per id: an id that was allowed before gets the same answer, and with other content a
 * conflict. A refusal binds no id.
 */
export function authorize(
  account: Account,
  command: Authorize,
  context: AuthorizeContext,
): Authorized | Refusal<AuthorizationRefusalCode | 'IDEMPOTENCY_CONFLICT'> {
  const { earlier } = context
  if (earlier === undefined) return authorizeNew(account, command, context)
  return isSame(earlier, command) ? unchanged(account, earlier) : refuse('IDEMPOTENCY_CONFLICT')
}

function isSame({ authorization }: EntryOf<'authorization'>, command: Authorize): boolean {
  const { appId, meter, quantity, holdSeconds } = command
  const isSameUse = authorization.appId === appId && authorization.meter === meter
  return isSameUse && authorization.quantity === quantity && authorization.holdSeconds === holdSeconds
}

/**
 * Promises an app the use of a meter, or refuses it by the first rule that says no, in the order of
 * `authorizationRefusals`. `account` has been advanced to `now`; the app is the account's. (`UNKNOWN_APP` is found before.)
 */
export function authorizeNew(
  account: Account,
  ask: Authorize,
  context: AuthorizeContext,
): Authorized | Refusal<AuthorizationRefusalCode> {
  const { now, catalog, app } = context
  const { missing, stopsAt } = complianceOf(app, account, now, catalog)
  if (missing !== undefined && stopsAt !== undefined && stopsAt <= now) return refuse(missing)
  const { suspendedBecause: because } = account
  if (because !== undefined) return refuse('TEAM_SUSPENDED', { because })
  const isGrace = termsAt(account, now).plan === 'none'
  const one = caseAt(account, ask, now, catalog, isGrace)
  const code = one.rates.length > 0 ? ratedRefusal(one) : undefined
  if (code !== undefined) return refuse(code, { resumesAt: resumesAt(one) })
  const warnings: Warning[] = []
  if (missing !== undefined && stopsAt !== undefined) warnings.push({ code: 'GRACE_PERIOD', until: stopsAt })
  if (isGrace && isOverFree(one))
    warnings.push({ code: 'FREE_LIMIT_REACHED', until: periodEnd(account.period) })
  return grant(one, warnings)
}

function caseAt(account: Account, ask: Authorize, now: Instant, catalog: Catalog, isGrace: boolean): Case {
  const expiresAt = holdExpiry(now, ask.holdSeconds)
  return {
    account,
    ask,
    now,
    expiresAt,
    catalog,
    isGrace,
    rates: ratesBetween(catalog, ask.meter, now, expiresAt),
  }
}

function ratedRefusal(one: Case): AuthorizationRefusalCode | undefined {
  const { account, ask, now, catalog } = one
  if (account.overdueSince !== undefined) return 'PAYMENT_OVERDUE'
  if (appLeft(one) < ask.quantity) return 'APP_LIMIT_REACHED'
  if (account.shortfall.length > 0) return 'SHORTFALL_DUE'
  if (fundingOf(one) === 'free') return !one.isGrace && isOverFree(one) ? 'FREE_LIMIT_REACHED' : undefined
  if (backingOf(one).covers(ask.quantity)) return undefined
  return isPayAsYouGo(account, now, catalog) ? 'SPEND_LIMIT_REACHED' : 'TOKENS_EXHAUSTED'
}

/** How many holds' ends are looked at for the instant at which time alone lifts a refusal. */
const endsMax = 16

/** When the same ask would be allowed if nothing but time passed: at the end of a hold, or of the period. */
function resumesAt(one: Case): Instant | undefined {
  const { account, ask, now, catalog, isGrace } = one
  const held = Object.values(account.meters).flatMap(({ free, paid }) => [...free, ...paid])
  const ends = [...new Set(held.map((hold) => hold.expiresAt))].toSorted((a, b) => a - b).slice(0, endsMax)
  return [...ends, periodEnd(account.period)]
    .filter((at) => at > now)
    .toSorted((a, b) => a - b)
    .find(
      (at) =>
        ratedRefusal(caseAt(advance(account, at, catalog).account, ask, at, catalog, isGrace)) === undefined,
    )
}

function grant(one: Case, warnings: readonly Warning[]): Authorized {
  const { account, ask, now, catalog, expiresAt } = one
  const funding = fundingOf(one)
  const limit = account.spendLimitUsdCents ?? null
  const isBacked = funding === 'paid' && isPayAsYouGo(account, now, catalog)
  const { kind: _, ...asked } = ask
  const authorization = {
    ...asked,
    expiresAt,
    funding,
    ...(isBacked && { spendLimitUsdCents: limit }),
    used: 0,
    held: ask.quantity,
    closed: false,
    sequence: 0,
  }
  const answer = { fundedBy: fundedBy(one), remaining: remainingOf(one), warnings }
  const next = record(account, now, { kind: 'authorization', authorization, ...answer })
  return { account: next.account, entries: [next.entry], answer: next.entry }
}

function fundingOf(one: Case): Funding {
  if (one.rates.length === 0) return 'unrated'
  return termsAt(one.account, one.now).plan === 'paid' ? 'paid' : 'free'
}

function fundedBy(one: Case): FundedBy {
  const funding = fundingOf(one)
  if (funding === 'free') return one.isGrace ? 'grace' : 'free'
  if (funding === 'unrated') return 'unrated'
  const [rate] = one.rates
  return rate !== undefined && tokensLeft(one.account) >= rate.milliTokensPerUnit ? 'flex' : 'pay-as-you-go'
}

/** What could still be authorized after this ask, in base units; undefined where nothing limits it. */
function remainingOf(one: Case): number | undefined {
  const { ask } = one
  if (one.rates.length === 0) return undefined
  const left = [appLeft(one) - ask.quantity]
  if (fundingOf(one) === 'free' && !one.isGrace) left.push(freeLeft(one) - ask.quantity)
  if (fundingOf(one) === 'paid') left.push(paidLeft(one))
  const least = Math.min(...left)
  return Number.isFinite(least) ? least : undefined
}

function paidLeft(one: Case): number {
  const backing = backingOf(one)
  if (backing.covers(Number.MAX_SAFE_INTEGER)) return Number.POSITIVE_INFINITY
  return largest(Number.MAX_SAFE_INTEGER, (more) => backing.covers(one.ask.quantity + more))
}

function backingOf(one: Case): Backing {
  const { account, ask, now, catalog, expiresAt } = one
  return new Backing(account, now, catalog, spendable(account, now, catalog), {
    meter: ask.meter,
    quantity: ask.quantity,
    expiresAt,
  })
}

function isOverFree(one: Case): boolean {
  if (one.rates.length === 0) return false
  return freeLeft(one) < one.ask.quantity || isApiStopped(one)
}

/** The free amount (the smallest until the hold ends) less what is used and held; may be below zero. */
function freeLeft(one: Case): number {
  const state = meterState(one.account, one.ask.meter)
  const amount = Math.min(...one.rates.map((rate) => rate.freePerPeriod))
  return amount - state.current.free - heldAt(state.free, one.now)
}

/** Whether another meter has used up its free amount where the card says that this stops the whole API. */
function isApiStopped(one: Case): boolean {
  const apis = one.rates.filter((rate) => rate.freeLimitStops === 'api').map((rate) => rate.api)
  if (apis.length === 0) return false
  return Object.entries(one.account.meters).some(([meter, { current }]) => {
    const [rate] = ratesBetween(one.catalog, meter, one.now, one.expiresAt)
    return (
      rate !== undefined && apis.includes(rate.api) && current.free >= rate.freePerPeriod && current.free > 0
    )
  })
}

function appLeft(one: Case): number {
  const limit = limitOf(one.account, one.ask)
  return limit === undefined
    ? Number.POSITIVE_INFINITY
    : limit.perPeriod - limit.used - heldAt(limit.held, one.now)
}

function limitOf(account: Account, ask: { appId: string; meter: string }): AppLimit | undefined {
  return account.limits.find((limit) => limit.appId === ask.appId && limit.meter === ask.meter)
}
