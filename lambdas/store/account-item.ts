import type {
  Account,
  AppLimit,
  Budget,
  Due,
  HoldSum,
  Lot,
  MeterState,
  PendingPurchase,
  Shortfall,
  Tally,
  Terms,
  UnitsAtPrice,
} from '../../core/account/account.ts'
import type { Subscription } from '../../core/account/subscriptions.ts'
import { nextDueAt } from '../../core/advance.ts'
import { assert } from '../../core/assert.ts'
import { nextStep } from '../../core/invoice/recovery.ts'
import { dayMs, minuteMs } from '../../core/time/time.ts'
import { readable } from './item-version.ts'
import { accountKey, dueAtKey, dueShard, type Key, openApp, openRecovery } from './keys.ts'

/*
 * Every operation writes an account, so it is kept small: rows are tuples (their order is that of the types below), zero
 * and empty values are left out, and holds are minutes since 1970, each as the distance from the previous one.
 */

type TallyRow = readonly [
  free: number,
  units: number,
  usdCents: number,
  lateUnits?: number,
  included?: number,
]
type PriceRow = readonly [usdCentsPerUnit: number, units: number, lateUnits?: number]
type LotRow = readonly [
  id: string,
  milliTokens: number,
  remaining: number,
  purchasedAt: number,
  expiresAt: number,
  notices?: number,
  withdrawn?: readonly [unitPriceUsdCents: number, spentMilliTokens: number],
]
type ShortfallRow = readonly [
  entry: number,
  meter: string,
  units: number,
  milliTokensPerUnit: number,
  usdCentsPerUnit: number,
]
type BudgetRow = readonly [
  budgetId: string,
  appId: string,
  measure: Budget['measure'],
  every: Budget['every'],
  amount: number,
  endsAt: number,
  usedIn: string,
  used: number,
  held: readonly number[],
]
type LimitRow = readonly [
  appId: string,
  meter: string,
  perPeriod: number,
  used: number,
  held: readonly number[],
  fromVersion?: number,
]

type PendingRow = readonly [purchaseId: string, usdCents: number, failedAt?: number]

type DueRow = readonly [dueId: string, usdCents: number, steps: number, failedAt?: number]

/** Days since 1970: subscriptions begin and end with one. */
type SubscriptionRow = readonly [product: string, count: number, fromDay: number, untilDay?: number]

interface MeterRow {
  readonly remainder?: number
  readonly current?: TallyRow
  readonly previous?: TallyRow
  /** Units by price; absent while there is one price. */
  readonly currentPrices?: readonly PriceRow[]
  readonly previousPrices?: readonly PriceRow[]
  readonly free?: readonly number[]
  readonly paid?: readonly number[]
}

export interface AccountItem extends Key {
  readonly itemVersion: 1 | 2
  readonly teamId: string
  readonly version: number
  readonly at: number
  readonly profile: readonly [string, Account['profile']['paymentMethod'], Account['profile']['standing']]
  readonly teamVersion?: number
  readonly terms?: readonly (readonly [from: number, plan: Terms['plan'], payAsYouGo: boolean])[]
  readonly spendLimitUsdCents?: number
  readonly creditUsdCents?: number
  readonly carriedUsdCents?: number
  readonly suspendedBecause?: string
  readonly overdueSince?: number
  readonly documents?: number
  readonly receipts?: number
  readonly dues?: readonly DueRow[]
  readonly period: string
  readonly lots?: readonly LotRow[]
  readonly pendingPurchases?: readonly PendingRow[]
  readonly meters?: Readonly<Record<string, MeterRow>>
  readonly shortfall?: readonly ShortfallRow[]
  readonly limits?: readonly LimitRow[]
  readonly budgets?: readonly BudgetRow[]
  readonly subscriptions?: readonly SubscriptionRow[]
  readonly dueShard?: string
  readonly dueAt?: string
  readonly openShard?: string
  readonly openKey?: string
}

export function toAccountItem(account: Account): AccountItem {
  const {
    teamId,
    version,
    at,
    profile,
    period,
    spendLimitUsdCents,
    creditUsdCents,
    carriedUsdCents,
    suspendedBecause,
    overdueSince,
    documents,
    receipts,
    teamVersion,
  } = account
  const due = nextDueAt(account)
  return {
    ...accountKey(teamId),
    // Earlier deployments would lose the budgets, so they must not read them.
    itemVersion: account.budgets === undefined ? 1 : 2,
    teamId,
    version,
    at,
    period,
    spendLimitUsdCents,
    suspendedBecause,
    overdueSince,
    documents: documents === 0 ? undefined : documents,
    receipts: receipts === 0 ? undefined : receipts,
    teamVersion: teamVersion === 0 ? undefined : teamVersion,
    profile: [profile.country, profile.paymentMethod, profile.standing],
    terms: some(account.terms.map((terms) => [terms.from, terms.plan, terms.payAsYouGo] as const)),
    creditUsdCents: creditUsdCents === 0 ? undefined : creditUsdCents,
    carriedUsdCents: carriedUsdCents === 0 ? undefined : carriedUsdCents,
    lots: some(account.lots.map((lot) => toLot(lot))),
    pendingPurchases: account.pendingPurchases?.map(toPending),
    meters: toMeters(account.meters),
    dues: some(account.dues.map(toDue)),
    shortfall: some(
      account.shortfall.map(
        (row) => [row.entry, row.meter, row.units, row.milliTokensPerUnit, row.usdCentsPerUnit] as const,
      ),
    ),
    limits: some(account.limits.map(toLimit)),
    budgets: account.budgets?.map(toBudget),
    subscriptions: some(account.subscriptions.map(toSubscription)),
    ...(due !== undefined && { dueShard: dueShard(teamId), dueAt: dueAtKey(due) }),
    ...openWork(account),
  }
}

/**
 * The account's key in the index `open`, where workflows find it: while a due is in recovery, or while the team has not
 * chosen a plan. It is never both, because without a plan there is no bill.
 */
function openWork({ teamId, dues, terms }: Account): Partial<ReturnType<typeof openApp>> {
  if (dues.some((due) => nextStep(due) !== undefined)) return openRecovery(teamId)
  const isWithoutPlan = (terms.at(-1)?.plan ?? 'none') === 'none'
  return isWithoutPlan ? openApp(teamId) : {}
}

/** Throws `UnknownItemVersion` if a later deployment wrote the item. */
export function fromAccountItem(value: Record<string, unknown>): Account {
  const item = readable('account', value) as unknown as AccountItem
  assert(Number.isSafeInteger(value.version), 'an account item of an unknown shape')
  const [country, paymentMethod, standing] = item.profile
  return {
    teamId: item.teamId,
    version: item.version,
    at: item.at,
    profile: { country, paymentMethod, standing },
    terms: (item.terms ?? []).map(([from, plan, payAsYouGo]): Terms => ({ from, plan, payAsYouGo })),
    spendLimitUsdCents: item.spendLimitUsdCents,
    creditUsdCents: item.creditUsdCents ?? 0,
    carriedUsdCents: item.carriedUsdCents ?? 0,
    suspendedBecause: item.suspendedBecause,
    overdueSince: item.overdueSince,
    documents: item.documents ?? 0,
    receipts: item.receipts ?? 0,
    teamVersion: item.teamVersion ?? 0,
    dues: (item.dues ?? []).map(([dueId, usdCents, steps, failedAt]): Due => {
      return { dueId, usdCents, steps, ...(failedAt !== undefined && { failedAt }) }
    }),
    period: item.period,
    lots: (item.lots ?? []).map(
      ([lotId, milliTokens, remaining, purchasedAt, expiresAt, notices = 0, withdrawn]): Lot => {
        const lot = { lotId, milliTokens, remaining, purchasedAt, expiresAt, notices }
        if (withdrawn === undefined) return lot
        const [unitPriceUsdCents, spentMilliTokens] = withdrawn
        return { ...lot, withdrawn: { unitPriceUsdCents, spentMilliTokens } }
      },
    ),
    ...(item.pendingPurchases && { pendingPurchases: item.pendingPurchases.map(fromPending) }),
    meters: fromMeters(item.meters ?? {}),
    shortfall: (item.shortfall ?? []).map(
      ([entry, meter, units, milliTokensPerUnit, usdCentsPerUnit]): Shortfall => {
        return { entry, meter, units, milliTokensPerUnit, usdCentsPerUnit }
      },
    ),
    limits: (item.limits ?? []).map(([appId, meter, perPeriod, used, held, fromVersion]): AppLimit => {
      const limit = { appId, meter, perPeriod, used, held: fromHolds(held) }
      return fromVersion === undefined ? limit : { ...limit, fromVersion }
    }),
    ...(item.budgets && { budgets: item.budgets.map(fromBudget) }),
    subscriptions: (item.subscriptions ?? []).map(fromSubscription),
  }
}

function toMeters(meters: Account['meters']): AccountItem['meters'] {
  const rows = Object.entries(meters).map(([meter, state]): [string, MeterRow] => [
    meter,
    {
      remainder: state.remainder === 0 ? undefined : state.remainder,
      current: toTally(state.current),
      previous: toTally(state.previous),
      currentPrices: state.current.prices?.map(toPrice),
      previousPrices: state.previous.prices?.map(toPrice),
      free: some(toHolds(state.free)),
      paid: some(toHolds(state.paid)),
    },
  ])
  return rows.length > 0 ? Object.fromEntries(rows) : undefined
}

function fromMeters(rows: NonNullable<AccountItem['meters']>): Account['meters'] {
  const states = Object.entries(rows).map(([meter, row]): [string, MeterState] => [
    meter,
    {
      remainder: row.remainder ?? 0,
      current: fromTally(row.current, row.currentPrices),
      previous: fromTally(row.previous, row.previousPrices),
      free: fromHolds(row.free ?? []),
      paid: fromHolds(row.paid ?? []),
    },
  ])
  return Object.fromEntries(states)
}

function toDue({ dueId, usdCents, steps, failedAt }: Due): DueRow {
  return failedAt === undefined ? [dueId, usdCents, steps] : [dueId, usdCents, steps, failedAt]
}

function toPending({ purchaseId, usdCents, failedAt }: PendingPurchase): PendingRow {
  return failedAt === undefined ? [purchaseId, usdCents] : [purchaseId, usdCents, failedAt]
}

function fromPending([purchaseId, usdCents, failedAt]: PendingRow): PendingPurchase {
  return { purchaseId, usdCents, ...(failedAt !== undefined && { failedAt }) }
}

function toLot({ lotId, milliTokens, remaining, purchasedAt, expiresAt, notices, withdrawn }: Lot): LotRow {
  const row = [lotId, milliTokens, remaining, purchasedAt, expiresAt] as const
  if (withdrawn !== undefined)
    return [...row, notices, [withdrawn.unitPriceUsdCents, withdrawn.spentMilliTokens]]
  return notices === 0 ? row : [...row, notices]
}

function toLimit({ appId, meter, perPeriod, used, held, fromVersion }: AppLimit): LimitRow {
  const row = [appId, meter, perPeriod, used, toHolds(held)] as const
  return fromVersion === undefined ? row : [...row, fromVersion]
}

function toBudget(budget: Budget): BudgetRow {
  const { budgetId, appId, measure, every, amount, endsAt, usedIn, used, held } = budget
  return [budgetId, appId, measure, every, amount, endsAt, usedIn, used, toHolds(held)]
}

function fromBudget([
  budgetId,
  appId,
  measure,
  every,
  amount,
  endsAt,
  usedIn,
  used,
  held,
]: BudgetRow): Budget {
  return { budgetId, appId, measure, every, amount, endsAt, usedIn, used, held: fromHolds(held) }
}

function toSubscription({ product, count, from, until }: Subscription): SubscriptionRow {
  return until === undefined ? [product, count, from / dayMs] : [product, count, from / dayMs, until / dayMs]
}

function fromSubscription([product, count, from, until]: SubscriptionRow): Subscription {
  return { product, count, from: from * dayMs, ...(until !== undefined && { until: until * dayMs }) }
}

function toTally({ free, units, usdCents, lateUnits, included }: Tally): TallyRow | undefined {
  if (included !== undefined) return [free, units, usdCents, lateUnits, included]
  if (free === 0 && units === 0 && usdCents === 0) return undefined
  return lateUnits === 0 ? [free, units, usdCents] : [free, units, usdCents, lateUnits]
}

function fromTally(
  [free, units, usdCents, lateUnits = 0, included]: TallyRow = [0, 0, 0],
  prices?: readonly PriceRow[],
): Tally {
  return {
    free,
    units,
    usdCents,
    lateUnits,
    ...(included !== undefined && { included }),
    ...(prices && { prices: prices.map(fromPrice) }),
  }
}

function toPrice({ usdCentsPerUnit, units, lateUnits }: UnitsAtPrice): PriceRow {
  return lateUnits === 0 ? [usdCentsPerUnit, units] : [usdCentsPerUnit, units, lateUnits]
}

function fromPrice([usdCentsPerUnit, units, lateUnits = 0]: PriceRow): UnitsAtPrice {
  return { usdCentsPerUnit, units, lateUnits }
}

function toHolds(holds: readonly HoldSum[]): readonly number[] {
  let last = 0
  return holds.flatMap(({ expiresAt, quantity }) => {
    const minute = expiresAt / minuteMs
    const distance = minute - last
    last = minute
    return [distance, quantity]
  })
}

function fromHolds(numbers: readonly number[]): readonly HoldSum[] {
  const holds: HoldSum[] = []
  let minute = 0
  for (let index = 0; index + 1 < numbers.length; index += 2) {
    minute += numbers[index] ?? 0
    holds.push({ expiresAt: minute * minuteMs, quantity: numbers[index + 1] ?? 0 })
  }
  return holds
}

function some<T>(rows: readonly T[]): readonly T[] | undefined {
  return rows.length > 0 ? rows : undefined
}
