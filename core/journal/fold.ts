import {
  type Account,
  type AppLimit,
  type MeterState,
  meterState,
  noTally,
  type Shortfall,
  type Tally,
  type Unpaid,
} from '../account/account.ts'
import { addHold, dropExpired } from '../account/holds.ts'
import { withTerms } from '../account/terms.ts'
import { assert, assertAmount } from '../assert.ts'
import { isStopped } from '../invoice/recovery.ts'
import {
  closesAt,
  dayMs,
  type Instant,
  nextPeriod,
  type Period,
  periodOf,
  previousPeriod,
} from '../time/time.ts'
import type { Authorization, Charge, Entry, EntryBody, Usage } from './entry.ts'
import { erasedText } from './erasure.ts'

/** Usage events may be this old, so plans are remembered a little longer. */
export const termsKeptMs = 35 * dayMs

/**
 * The account after one more entry. This is the fold: an account is what its journal makes of an empty one, field by
 * field. Needs no rate card: an entry carries every number that it moves.
 */
export function apply(before: Account, entry: Entry): Account {
  assert(entry.version === before.version + 1, `entry ${entry.version} follows version ${before.version}`)
  const account = { ...tidy(before, entry.at), version: entry.version, at: entry.at }
  return applyBody(account, entry, entry.at)
}

/** The account before its next operation and the entry's own, in one step. */
export function record(account: Account, at: Instant, body: EntryBody): { account: Account; entry: Entry } {
  const entry: Entry = { teamId: account.teamId, version: account.version + 1, at, ...body }
  return { account: apply(account, entry), entry }
}

/** What time changes without an entry: holds that are over, and months in which nothing was counted. */
export function tidy(account: Account, at: Instant): Account {
  const limits = account.limits.map((limit) => ({ ...limit, held: dropExpired(limit.held, at) }))
  const isClosed = at >= closesAt(previousPeriod(account.period))
  const meters: Record<string, MeterState> = {}
  for (const [meter, state] of Object.entries(account.meters)) {
    const kept: MeterState = {
      ...state,
      previous: isClosed ? { ...state.previous, free: 0 } : state.previous,
      free: dropExpired(state.free, at),
      paid: dropExpired(state.paid, at),
    }
    if (!isEmpty(kept)) meters[meter] = kept
  }
  const period = isUntouched(meters, limits) && periodOf(at) > account.period ? periodOf(at) : account.period
  return { ...account, meters, limits, period }
}

function applyBody(account: Account, body: EntryBody, at: Instant): Account {
  switch (body.kind) {
    case 'team-changed':
      return { ...account, profile: body.profile }
    case 'hub-named':
    case 'app-moved':
    case 'purchase':
    case 'campaign-notice':
      return account
    case 'plan-changed': {
      const { spendLimitUsdCents } = body
      const terms = withTerms(account.terms, body.terms, at - termsKeptMs)
      return charged({ ...account, terms, spendLimitUsdCents }, body.settled, true)
    }
    case 'authorization':
      return held(account, body.authorization, body.authorization.held)
    case 'void':
      return held(account, body.authorization, -body.released)
    case 'capture':
      return used(held(account, body.authorization, -body.released), body.usage, false)
    case 'usage':
      return used(account, body.usage, body.isLate)
    case 'lot-granted':
      return charged({ ...account, lots: inOrder([...account.lots, body.lot]) }, body.settled, true)
    case 'lot-expiring':
      return {
        ...account,
        lots: account.lots.map((lot) =>
          lot.lotId === body.lotId ? { ...lot, notices: lot.notices + 1 } : lot,
        ),
      }
    case 'lot-expired':
      return { ...account, lots: account.lots.filter((lot) => lot.lotId !== body.lotId) }
    case 'period-started':
      return charged(startPeriod(account, body.period), body.settled, true)
    case 'period-closed': {
      const meters = mapMeters(account, (state) => ({ ...state, previous: noTally }))
      const usdCents = body.usdCents - body.creditUsdCents
      const unpaid =
        usdCents > 0 ? [...account.unpaid, { period: body.period, usdCents, steps: 0 }] : account.unpaid
      return { ...account, meters, unpaid, creditUsdCents: account.creditUsdCents - body.creditUsdCents }
    }
    case 'limit-set': {
      const { appId, meter, perPeriod, used, held } = body
      const others = account.limits.filter((limit) => limit.appId !== appId || limit.meter !== meter)
      const limits = perPeriod === null ? others : [...others, { appId, meter, perPeriod, used, held }]
      return { ...account, limits }
    }
    case 'payment':
      return paid(account, body, at)
    case 'payment-recovery': {
      const unpaid = account.unpaid.map((bill) =>
        bill.period === body.period ? { ...bill, steps: bill.steps + 1 } : bill,
      )
      const overdueSince = body.do === 'stop' ? (account.overdueSince ?? at) : account.overdueSince
      return { ...account, unpaid, overdueSince }
    }
    case 'suspended':
      return { ...account, suspendedBecause: body.reason }
    case 'resumed':
      return { ...account, suspendedBecause: undefined }
    case 'personal-data-erased':
      return account.suspendedBecause === undefined ? account : { ...account, suspendedBecause: erasedText }
    case 'adjustment':
      return { ...account, creditUsdCents: account.creditUsdCents + body.creditUsdCents }
  }
}

function held(account: Account, authorization: Authorization, quantity: number): Account {
  const { appId, meter, funding, expiresAt } = authorization
  if (funding === 'unrated' || quantity === 0) return account
  const state = meterState(account, meter)
  const limits = account.limits.map((limit) =>
    isOf(limit, appId, meter) ? { ...limit, held: addHold(limit.held, expiresAt, quantity) } : limit,
  )
  return withMeter({ ...account, limits }, meter, {
    ...state,
    [funding]: addHold(state[funding], expiresAt, quantity),
  })
}

/** A settled bill is forgotten, and with the last overdue one the stop; a failed one counts from its first failure. */
function paid(
  account: Account,
  { paidFor, isSettled }: Extract<EntryBody, { kind: 'payment' }>,
  at: Instant,
): Account {
  if (!('invoice' in paidFor)) return account
  if (!isSettled) {
    const failed = (bill: Unpaid) => ({ ...bill, failedAt: bill.failedAt ?? at })
    const unpaid = account.unpaid.map((bill) => (bill.period === paidFor.invoice ? failed(bill) : bill))
    return { ...account, unpaid }
  }
  const unpaid = account.unpaid.filter((bill) => bill.period !== paidFor.invoice)
  return { ...account, unpaid, overdueSince: unpaid.some(isStopped) ? account.overdueSince : undefined }
}

function used(account: Account, usage: Usage, isLate: boolean): Account {
  if (usage.funding === 'unrated') return account
  const { appId, meter, quantity, period } = usage
  const limits = account.limits.map((limit) =>
    isOf(limit, appId, meter) && period === account.period
      ? { ...limit, used: limit.used + quantity }
      : limit,
  )
  const counted = withMeter({ ...account, limits }, meter, counting(account, usage))
  return charged(isLate ? withLate(counted, usage) : counted, usage.charges, false)
}

function withLate(account: Account, { meter, charges }: Usage): Account {
  const state = meterState(account, meter)
  const units = charges.reduce(
    (sum, { source, units }) => (source === 'pay-as-you-go' ? sum + units : sum),
    0,
  )
  const current = { ...state.current, lateUnits: state.current.lateUnits + units }
  return withMeter(account, meter, { ...state, current })
}

function counting(account: Account, usage: Usage): MeterState {
  const state = meterState(account, usage.meter)
  if (usage.funding === 'free') {
    const which = tallyOf(account, usage.period)
    return { ...state, [which]: { ...state[which], free: state[which].free + usage.quantity } }
  }
  const units = usage.charges.reduce((sum, charge) => sum + charge.units, 0)
  const remainder = state.remainder + usage.quantity - units * (usage.unitSize ?? 0)
  assertAmount(remainder, `remainder of ${usage.meter}`)
  return { ...state, remainder }
}

/** Takes what was charged from lots, and adds it to bills; `settles` when it pays shortfall instead of new use. */
export function charged(before: Account, charges: readonly Charge[], settles: boolean): Account {
  return charges.reduce(
    (account, charge) => chargedOne(settles ? paidOff(account, charge) : account, charge),
    before,
  )
}

function chargedOne(account: Account, charge: Charge): Account {
  switch (charge.source) {
    case 'flex':
      return { ...account, lots: drawn(account, charge.lots) }
    case 'pay-as-you-go': {
      const state = meterState(account, charge.meter)
      const which = tallyOf(account, charge.period)
      const { units, usdCents } = state[which]
      const tally: Tally = {
        ...state[which],
        units: units + charge.units,
        usdCents: usdCents + charge.usdCents,
      }
      assertAmount(tally.usdCents, `bill of ${charge.meter}`)
      return withMeter(account, charge.meter, { ...state, [which]: tally })
    }
    case 'shortfall':
      return { ...account, shortfall: owed(account, charge) }
  }
}

function drawn(account: Account, draws: readonly { lotId: string; milliTokens: number }[]): Account['lots'] {
  const lots = account.lots.map((lot) => {
    const draw = draws.find((one) => one.lotId === lot.lotId)
    if (draw === undefined) return lot
    assertAmount(lot.remaining - draw.milliTokens, `lot ${lot.lotId}`)
    return { ...lot, remaining: lot.remaining - draw.milliTokens }
  })
  return lots.filter((lot) => lot.remaining > 0)
}

/** How many rows of shortfall keep their exact order; further ones join the row of their meter and price. */
const shortfallRowsMax = 32

function owed(account: Account, charge: Extract<Charge, { source: 'shortfall' }>): Account['shortfall'] {
  const { source: _, ...row } = charge
  const rows = account.shortfall
  const isSame = (other: Shortfall) =>
    other.meter === row.meter &&
    other.milliTokensPerUnit === row.milliTokensPerUnit &&
    other.usdCentsPerUnit === row.usdCentsPerUnit
  const isCrowded = rows.length >= shortfallRowsMax
  const at = rows.findLastIndex((other, index) => isSame(other) && (isCrowded || index === rows.length - 1))
  return at < 0 ? [...rows, row] : rows.with(at, { ...row, units: row.units + (rows[at]?.units ?? 0) })
}

function paidOff(account: Account, charge: Charge): Account {
  const [oldest, ...rest] = account.shortfall
  assert(oldest?.meter === charge.meter && oldest.units >= charge.units, 'the oldest shortfall is paid first')
  const units = oldest.units - charge.units
  return { ...account, shortfall: units > 0 ? [{ ...oldest, units }, ...rest] : rest }
}

function startPeriod(account: Account, period: Period): Account {
  const meters = mapMeters(account, (state) => ({ ...state, previous: state.current, current: noTally }))
  return { ...account, period, meters, limits: account.limits.map((limit) => ({ ...limit, used: 0 })) }
}

function tallyOf(account: Account, period: Period): 'current' | 'previous' {
  assert(period === account.period || nextPeriod(period) === account.period, `${period} is still open`)
  return period === account.period ? 'current' : 'previous'
}

function mapMeters(account: Account, change: (state: MeterState) => MeterState): Account['meters'] {
  const changed = Object.entries(account.meters).map(([meter, state]) => [meter, change(state)] as const)
  return Object.fromEntries(changed.filter(([, state]) => !isEmpty(state)))
}

function withMeter(account: Account, meter: string, state: MeterState): Account {
  return { ...account, meters: { ...account.meters, [meter]: state } }
}

function isOf(limit: AppLimit, appId: string, meter: string): boolean {
  return limit.appId === appId && limit.meter === meter
}

function isZero(tally: Tally): boolean {
  return tally.free === 0 && tally.units === 0 && tally.usdCents === 0
}

function isEmpty(state: MeterState): boolean {
  const { remainder, current, previous, free, paid } = state
  return remainder === 0 && isZero(current) && isZero(previous) && free.length === 0 && paid.length === 0
}

/** Whether nothing was counted in the account's period or the one before, so that a new month changes nothing. */
function isUntouched(meters: Account['meters'], limits: readonly AppLimit[]): boolean {
  return (
    Object.values(meters).every((state) => isZero(state.current) && isZero(state.previous)) &&
    limits.every((limit) => limit.used === 0)
  )
}

/** First expiry first; of one expiry the smaller purchase first (aps-facts, section 2); then by age and id. */
function inOrder(lots: Account['lots']): Account['lots'] {
  return lots.toSorted(
    (a, b) =>
      a.expiresAt - b.expiresAt ||
      a.milliTokens - b.milliTokens ||
      a.purchasedAt - b.purchasedAt ||
      (a.lotId < b.lotId ? -1 : 1),
  )
}
