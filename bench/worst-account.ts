import { type Account, emptyAccount, type Lot, type Terms } from '../core/account/account.ts'
import {
  limitsMax,
  lotsAfterReversalMax,
  pricesMax,
  shortfallRowsMax,
  subscriptionRowsMax,
  termsMax,
} from '../core/account/bounds.ts'
import { lotOf } from '../core/commands/grant-lot.ts'
import type { Authorization, Charge, EntryBody, EntryKind } from '../core/journal/entry.ts'
import { record } from '../core/journal/record.ts'
import { dayMs, holdExpiry, hourMs, type Instant, minuteMs, secondMs } from '../core/time/time.ts'

/** Two days into a month: the bill of the previous month is still open. */
export const worstAt = Date.parse('2027-06-02T10:11:12.345Z')
const lastMonthAt = worstAt - 20 * dayMs
const teamId = 'the-worst-team-of-all'
export const worstApp = 'app-00'
const quantity = 999_999_937
const digits = 64

/** Every length of a hold that gives another instant: each minute of an hour, each quarter of the day after it. */
const holdSeconds: readonly number[] = [
  ...Array.from({ length: 60 }, (_, index) => (index * minuteMs) / secondMs + 1),
  ...Array.from({ length: 92 }, (_, index) => (hourMs + index * 15 * minuteMs) / secondMs + 1),
  dayMs / secondMs,
]

/**
 * An account with as much of everything as the rules let it carry, on these meters. It is made by entries alone, so what keeps
 * it small is the fold, and the bounds that refuse more. Without `isStopped` nothing stops its rated meters.
 */
export function worstAccount(meters: readonly string[], isStopped: boolean): Account {
  let account = opened()
  for (const body of [...bills(meters), ...subscriptions(), ...lots(), ...limits(meters)])
    account = after(account, body)
  let version = account.version
  for (const authorization of authorizations(meters)) {
    version += 1
    const entry = { ...authorization, grantVersion: version }
    account = after(account, { kind: 'authorization', authorization: entry, fundedBy: 'flex', warnings: [] })
  }
  return isStopped ? shortfall(meters).reduce((sum, body) => after(sum, body), account) : account
}

function after(account: Account, body: EntryBody, at = worstAt): Account {
  return record<EntryKind>(account, at, body).account
}

/** Its plans change as often as is remembered. The last one has pay-as-you-go. */
function opened(): Account {
  const profile = { country: 'US', paymentMethod: 'credit-card', standing: 'good' } as const
  const registered = after(
    emptyAccount(teamId),
    { kind: 'team-changed', profile, teamVersion: 1 },
    lastMonthAt,
  )
  const changes = Array.from({ length: termsMax }, (_, index): Terms => {
    return { from: lastMonthAt + index * hourMs, plan: 'paid', payAsYouGo: index % 2 === 1 }
  })
  return changes.reduce(
    (account, terms) => after(account, { kind: 'plan-changed', terms, paidShortfall: [] }, terms.from),
    registered,
  )
}

/** Charges at as many prices as are counted separately, on each meter, in the previous month and in this one. */
function bills(meters: readonly string[]): readonly EntryBody[] {
  const chargesIn = (period: string) =>
    meters.flatMap((meter) => Array.from({ length: pricesMax }, (_, index) => usage(meter, period, index)))
  return [
    ...chargesIn('2027-05'),
    { kind: 'period-started', period: '2027-06', plan: 'paid', paidShortfall: [] },
    ...chargesIn('2027-06'),
  ]
}

function usage(meter: string, period: string, index: number): EntryBody {
  const units = 123_456
  const charge: Charge = { source: 'pay-as-you-go', meter, units, usdCents: units * (300 + index), period }
  const use = { appId: worstApp, meter, quantity: units * 720 + 7, unitSize: 720, period, charges: [charge] }
  const event = { source: 'urn:bench', id: `${meter}-${period}-${index}`, time: worstAt }
  return { kind: 'usage', ...event, usage: { ...use, funding: 'paid' }, isLate: true, isOverrun: false }
}

function subscriptions(): readonly EntryBody[] {
  const from = Date.parse('2027-05-01T00:00:00Z')
  const until = Date.parse('2027-07-01T00:00:00Z')
  const rows = Array.from({ length: subscriptionRowsMax }, (_, index) => {
    return { product: longId('product', index), count: 10_000, from, until }
  })
  return [{ kind: 'subscriptions-changed', subscriptions: rows }]
}

function lots(): readonly EntryBody[] {
  return Array.from({ length: lotsAfterReversalMax }, (_, index): EntryBody => {
    const bought: Lot = lotOf(longId('order', index), 999_983, worstAt - 300 * dayMs - index * hourMs)
    const lot = { ...bought, remaining: bought.milliTokens - 123_457, notices: 2 }
    return { kind: 'lot-granted', lot, paidShortfall: [] }
  })
}

/** Each limit is of another app, so each has every instant of its meter. */
function limits(meters: readonly string[]): readonly EntryBody[] {
  return Array.from({ length: limitsMax }, (_, index): EntryBody => {
    const meter = meters[index % meters.length] ?? ''
    const counts = { used: 123_456_789_012, held: [], fromVersion: 1 }
    return { kind: 'limit-set', appId: appOf(index), meter, perPeriod: 999_999_999_989, ...counts }
  })
}

/** Authorizations of every app and every length, on the free plan and on the paid one. */
function authorizations(meters: readonly string[]): readonly Authorization[] {
  return Array.from({ length: limitsMax }, (_, index) => index).flatMap((index) =>
    holdSeconds.flatMap((seconds) =>
      (['free', 'paid'] as const).map((funding): Authorization => {
        const authorizationId = `a-${index}-${seconds}-${funding}`
        const expiresAt: Instant = holdExpiry(worstAt, seconds)
        const ask = { appId: appOf(index), meter: meters[index % meters.length] ?? '', quantity }
        const state = { used: 0, held: quantity, closed: false, sequence: 0 }
        return { authorizationId, ...ask, holdSeconds: seconds, expiresAt, funding, ...state }
      }),
    ),
  )
}

function shortfall(meters: readonly string[]): readonly EntryBody[] {
  return Array.from({ length: shortfallRowsMax + meters.length }, (_, index): EntryBody => {
    const meter = meters[index % meters.length] ?? ''
    const units = 123_456
    const charge: Charge = {
      source: 'shortfall',
      meter,
      units,
      milliTokensPerUnit: 1_500,
      usdCentsPerUnit: 300 + index,
    }
    const use = { appId: worstApp, meter, quantity: units * 720, unitSize: 720, period: '2027-06' }
    const event = { source: 'urn:bench', id: `shortfall-${index}`, time: worstAt }
    const usage = { ...use, funding: 'paid', charges: [charge] } as const
    return { kind: 'usage', ...event, usage, isLate: false, isOverrun: false }
  })
}

const appOf = (index: number): string => (index === 0 ? worstApp : longId('app', index))
const longId = (name: string, index: number): string => `${name}-${index}-`.padEnd(digits, 'x')
