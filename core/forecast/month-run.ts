import { type Account, emptyAccount, meterState } from '../account/account.ts'
import type { Subscription } from '../account/subscriptions.ts'
import { advance } from '../advance.ts'
import { assert } from '../assert.ts'
import type { Catalog } from '../catalog/catalog.ts'
import { versionAt } from '../catalog/versions.ts'
import { decide } from '../decide.ts'
import type { Decision } from '../decision.ts'
import type { Entry } from '../journal/entry.ts'
import type { Refusal } from '../refusal.ts'
import { dayMs, type Instant, periodStart } from '../time/time.ts'
import { type AssumedMonth, type MeterUse, sumOfDays } from './assumed-month.ts'

/** The plan of a hypothetical team, with the tokens that it buys at the month's start. */
export interface AssumedPlan {
  readonly plan: 'free' | 'paid'
  readonly payAsYouGo: boolean
  readonly tokens: number
  readonly subscriptions: readonly Subscription[]
}

/** The cost of one meter's month. */
export interface MeterCost extends MeterUse {
  /** Base units that included amounts and the free plan give. */
  readonly included: number
  readonly free: number
  readonly units: number
  readonly milliTokens: number
  readonly usdCents: number
  /** Base units that fill no charged unit: they cost nothing yet. */
  readonly remainder: number
  /** Base units that are refused, and the first day of it. */
  readonly refused: number
  readonly refusedOn?: Instant
}

const appId = 'what-if'
const app = { appId, teamId: 'what-if', name: '', isInHub: true }

/** Returns true where some country allows pay-as-you-go. */
export function hasPayAsYouGo(catalog: Catalog): boolean {
  return countryOf(catalog) !== undefined
}

function countryOf(catalog: Catalog): string | undefined {
  return versionAt(catalog.payAsYouGoCountries, 0)?.countries[0]
}

/**
 * Lets a new team live through a month on a plan, and reads the cost of each meter off the entries that the usual decisions make.
 * On the paid plan the use of a day is recorded; on the free plan, each meter's use of a day is authorized as far as it may be.
 */
export function runMonth(plan: AssumedPlan, month: AssumedMonth, catalog: Catalog): readonly MeterCost[] {
  const start = periodStart(month.period)
  const refused: Refused[] = []
  const entries: Entry[] = []
  let account = openAccount(plan, start, catalog)
  for (const [index, uses] of month.days.entries()) {
    const now = start + index * dayMs
    const opened = advance(account, now, catalog).account
    const day =
      plan.plan === 'paid'
        ? recordDay(opened, uses, { now, catalog })
        : authorizeDay(opened, uses, { now, catalog, refused })
    account = day.account
    entries.push(...day.entries)
  }
  return costsOf(month, account, entries, refused)
}

function openAccount(assumed: AssumedPlan, now: Instant, catalog: Catalog): Account {
  const { plan, payAsYouGo, tokens, subscriptions } = assumed
  const context = { now, catalog }
  const profile = {
    country: countryOf(catalog) ?? '',
    paymentMethod: 'credit-card',
    standing: 'good',
  } as const
  const registered = decide(emptyAccount('what-if'), { kind: 'register-team', name: '', profile }, context)
  const subscribed = decide(
    takeDecision(registered).account,
    { kind: 'set-subscriptions', subscriptions },
    context,
  )
  const planned = decide(takeDecision(subscribed).account, { kind: 'choose-plan', plan, payAsYouGo }, context)
  const { account } = takeDecision(planned)
  if (tokens === 0) return account
  const order = { purchaseId: 'what-if', tokens, isPaidAtOnce: true }
  return takeDecision(decide(account, { kind: 'purchase-tokens', ...order }, context)).account
}

/** A hypothetical team meets every condition, so none of its commands is refused. */
function takeDecision<Answer>(decided: Decision<Answer> | Refusal): Decision<Answer> {
  assert(!('refused' in decided), 'a hypothetical command is refused')
  return decided
}

interface Day {
  readonly account: Account
  readonly entries: readonly Entry[]
}

interface Refused extends MeterUse {
  readonly at: Instant
}

interface DayContext {
  readonly now: Instant
  readonly catalog: Catalog
}

function recordDay(account: Account, uses: readonly MeterUse[], { now, catalog }: DayContext): Day {
  const events = uses.map((use) => ({ ...use, source: appId, id: `${use.meter}@${now}`, appId, time: now }))
  return takeDecision(decide(account, { kind: 'record-usage', events }, { now, catalog, known: new Map() }))
}

function authorizeDay(
  before: Account,
  uses: readonly MeterUse[],
  { now, catalog, refused }: DayContext & { readonly refused: Refused[] },
): Day {
  const context = { now, catalog, app }
  const entries: Entry[] = []
  let account = before
  for (const { meter, quantity } of uses) {
    const id = { authorizationId: `${meter}@${now}` }
    const asked = {
      kind: 'authorize',
      ...id,
      appId,
      meter,
      quantity,
      quantityMin: 1,
      holdSeconds: 60,
    } as const
    const granted = decide(account, asked, context)
    if ('refused' in granted) {
      refused.push({ meter, quantity, at: now })
      continue
    }
    const { authorization } = granted.answer.entry
    const used = authorization.quantity
    const command = { kind: 'capture', ...id, used, isFinal: true } as const
    const captured = takeDecision(decide(granted.account, command, { ...context, authorization }))
    account = captured.account
    entries.push(...captured.entries)
    if (used < quantity) refused.push({ meter, quantity: quantity - used, at: now })
  }
  return { account, entries }
}

function costsOf(
  month: AssumedMonth,
  account: Account,
  entries: readonly Entry[],
  refused: readonly Refused[],
): readonly MeterCost[] {
  const uses = entries.flatMap((entry) => ('usage' in entry ? [entry.usage] : []))
  return [...sumOfDays(month)].map(([meter, quantity]) => {
    const own = uses.filter((use) => use.meter === meter)
    const free = own.filter(({ funding }) => funding === 'free')
    const charges = own.flatMap((use) => use.charges)
    const stops = refused.filter((stop) => stop.meter === meter)
    const [first] = stops
    assert(!charges.some(({ source }) => source === 'shortfall'), 'the tokens of a run are enough')
    return {
      meter,
      quantity,
      included: sum(own, (use) => use.included ?? 0),
      free: sum(free, (use) => use.quantity - (use.included ?? 0)),
      units: sum(charges, (charge) => charge.units),
      milliTokens: sum(charges, (charge) => (charge.source === 'flex' ? charge.milliTokens : 0)),
      usdCents: sum(charges, (charge) => (charge.source === 'pay-as-you-go' ? charge.usdCents : 0)),
      remainder: meterState(account, meter).remainder,
      refused: sum(stops, (stop) => stop.quantity),
      ...(first !== undefined && { refusedOn: first.at }),
    }
  })
}

function sum<Row>(rows: readonly Row[], amountOf: (row: Row) => number): number {
  return rows.reduce((total, row) => total + amountOf(row), 0)
}
