import type { Account } from '../account/account.ts'
import { advance } from '../advance.ts'
import { rateAt } from '../catalog/catalog.ts'
import type { Context } from '../catalog/context.ts'
import type { Decision } from '../decision.ts'
import { unchanged } from '../decision.ts'
import {
  type Ask,
  type AskContext,
  type AskedUse,
  askAt,
  capOf,
  fitted,
  fundedBy,
  isFreeLimitReached,
  remainingAfter,
} from '../funding/ask.ts'
import { budgetMove } from '../funding/budget.ts'
import { type Denial, deny } from '../funding/denial.ts'
import { isBlocked, obstaclesTo } from '../funding/obstacles.ts'
import { isPayAsYouGo } from '../funding/pay-as-you-go.ts'
import { reportAfterOf } from '../funding/report-after.ts'
import { settleByOf } from '../funding/settle-by.ts'
import { closureOf } from '../journal/closure.ts'
import type { Authorization, EntryOf, Warning } from '../journal/entry.ts'
import { record } from '../journal/record.ts'
import { type App, complianceOf } from '../migration/compliance.ts'
import { type Refusal, refuse } from '../refusal.ts'
import { dayMs, dayStartOf, type Instant, periodEnd } from '../time/time.ts'
import type { MeterWarningCode } from '../warning.ts'

/** Default length of an authorization's hold. */
export const holdSecondsDefault = 3_600

export interface Authorize extends AskedUse {
  readonly kind: 'authorize'
  readonly authorizationId: string
}

export interface AuthorizeContext extends AskContext {
  /** The grant that was made under this id before, and the authorization as its latest entry leaves it. */
  readonly earlier?: { readonly grant: EntryOf<'authorization'>; readonly latest: Authorization }
}

export interface Granted {
  readonly entry: EntryOf<'authorization'>
  /** The next instant before which open use should be reported; absent where nothing is to come. */
  readonly settleBy?: Instant
  /** Base units that earn about one cent at the rate in force; absent where use costs nothing. */
  readonly reportAfter?: number
}

type Authorized = Decision<Granted>

/**
 * Authorizes an app to use a meter, once per id. An id that was allowed before gets the same answer while its authorization is
 * open, and a denial once it is over; with other content it is a conflict. A denial binds no id.
 */
export function authorize(
  account: Account,
  command: Authorize,
  context: AuthorizeContext,
): Authorized | Denial | Refusal<'IDEMPOTENCY_CONFLICT'> {
  const { earlier, now } = context
  if (earlier === undefined) return authorizeNew(account, command, context)
  const { grant, latest } = earlier
  if (!isSame(grant, command)) return refuse('IDEMPOTENCY_CONFLICT')
  const closedBecause = closureOf(latest, now)
  if (closedBecause === undefined) return unchanged(account, grantedAs(grant, account, context))
  return deny([{ code: 'AUTHORIZATION_CLOSED', closedBecause }], { because: closedBecause })
}

/** The id is bound to the asked quantities, not to the quantity that was granted. */
function isSame({ authorization }: EntryOf<'authorization'>, command: Authorize): boolean {
  const { appId, meter, quantity, quantityMin, holdSeconds, quoteId, budgetId } = command
  const asked = authorization.asked ?? { quantity: authorization.quantity, quantityMin: undefined }
  const isSameUse = authorization.appId === appId && authorization.meter === meter
  const isSameQuantity = asked.quantity === quantity && asked.quantityMin === quantityMin
  const isSameHold = authorization.holdSeconds === holdSeconds
  const isSameMoney = authorization.quoteId === quoteId && authorization.budgetId === budgetId
  return isSameUse && isSameQuantity && isSameHold && isSameMoney
}

function grantedAs(entry: EntryOf<'authorization'>, account: Account, context: Context): Granted {
  const { meter, funding } = entry.authorization
  const settleBy = settleByOf(account, meter, funding !== 'unrated', context)
  const rate = rateAt(context.catalog, meter, context.now)
  const reportAfter = rate && reportAfterOf(rate)
  return {
    entry,
    ...(settleBy !== undefined && { settleBy }),
    ...(reportAfter !== undefined && { reportAfter }),
  }
}

/**
 * Promises an app the use of a meter, or denies it with everything that blocks it, in the order of `authorizationRefusals`.
 * `account` has been advanced to `now`; the app belongs to its team. (`UNKNOWN_APP` is found before.)
 */
export function authorizeNew(
  account: Account,
  command: Authorize,
  context: AuthorizeContext,
): Authorized | Denial {
  const ask = askAt(account, command, context)
  const least = { ...ask, quantity: ask.quantityMin ?? ask.quantity }
  return denialOf(least, context) ?? grant(command, fitted(ask))
}

/** The denial that a new authorization of the same use would get now, for one base unit; undefined if it would be allowed. */
export function stopOf(
  account: Account,
  { appId, meter, holdSeconds }: Authorization,
  context: Context & { readonly app: App },
): Denial | undefined {
  return denialOf(askAt(account, { appId, meter, holdSeconds, quantity: 1 }, context), context)
}

function denialOf(ask: Ask, context: AskContext): Denial | undefined {
  const [first, ...others] = obstaclesTo(ask)
  if (first === undefined) return undefined
  const because = first.code === 'TEAM_SUSPENDED' ? first.because : undefined
  return deny([first, ...others], { because, resumesAt: resumesAt(ask, context) })
}

/** The most ends of holds that are tried in the search for the instant at which time alone lifts a refusal. */
const endsMax = 16

/** The instant at which time alone lifts a denial: a hold's or the period's end, or a subscription's start. Undefined when none does. */
function resumesAt(ask: Ask, context: AskContext): Instant | undefined {
  const { account, now, catalog } = ask
  if (isBlocked(ask, 'every-api')) return undefined
  const onMeters = Object.values(account.meters).flatMap(({ free, paid }) => [...free, ...paid])
  const limits = [...account.limits, ...(account.budgets ?? [])]
  const holds = [...onMeters, ...limits.flatMap(({ held }) => held)]
  const spans = ask.budgetId === undefined ? [] : [dayStartOf(now) + dayMs]
  const ends = [...new Set(holds.map((hold) => hold.expiresAt))].toSorted((a, b) => a - b).slice(0, endsMax)
  const starts = account.subscriptions.map(({ from }) => from)
  return [...ends, ...starts, ...spans, periodEnd(account.period)]
    .filter((at) => at > now)
    .toSorted((a, b) => a - b)
    .find((at) => {
      const later = advance(account, at, catalog).account
      return !isBlocked(askAt(later, ask, { ...context, now: at }), 'rated-meters')
    })
}

function grant({ authorizationId, quantity: asked, quantityMin }: Authorize, ask: Ask): Authorized {
  const { account, appId, meter, quantity, holdSeconds, quoteId, budgetId } = ask
  const { expiresAt, funding, now, catalog } = ask
  const hasMoneyBehind = funding === 'paid' && isPayAsYouGo(account, now, catalog)
  const isCapped = funding === 'paid' && (quoteId !== undefined || budgetId !== undefined)
  const cap = isCapped ? capOf(ask) : undefined
  const authorization: Authorization = {
    authorizationId,
    appId,
    meter,
    quantity,
    ...(quantityMin !== undefined && { asked: { quantity: asked, quantityMin } }),
    holdSeconds,
    expiresAt,
    funding,
    ...(hasMoneyBehind && { spendLimitUsdCents: account.spendLimitUsdCents ?? null }),
    ...(quoteId !== undefined && { quoteId }),
    ...(budgetId !== undefined && { budgetId }),
    ...(cap && { cap }),
    used: 0,
    held: quantity,
    grantVersion: account.version + 1,
    closed: false,
    sequence: 0,
  }
  const next = record(account, now, {
    kind: 'authorization',
    authorization,
    fundedBy: fundedBy(ask),
    remaining: remainingAfter(ask),
    ...budgetMove(account, undefined, authorization, now),
    warnings: warningsOf(ask),
  })
  return { account: next.account, entries: [next.entry], answer: grantedAs(next.entry, account, ask) }
}

/** Warnings of the grace period: what would be refused after the deadline. */
function warningsOf(ask: Ask): readonly Warning<MeterWarningCode>[] {
  const { app, account, now, catalog, isGrace } = ask
  const { missing, stopsAt } = complianceOf(app, account, now, catalog)
  const warnings: Warning<MeterWarningCode>[] = []
  if (missing.length > 0 && stopsAt !== undefined) warnings.push({ code: 'GRACE_PERIOD', until: stopsAt })
  if (isGrace && isFreeLimitReached(ask))
    warnings.push({ code: 'FREE_LIMIT_REACHED', until: periodEnd(account.period) })
  return warnings
}
