import {
  type Instant,
  nextPeriod,
  type Period,
  periodEnd,
  periodOf,
  periodStart,
  previousPeriod,
} from '../time/time.ts'

/** Subscriptions of a team to a product. They count in full from their first day on, and end with a month. */
export interface Subscription {
  readonly product: string
  readonly count: number
  readonly from: Instant
  /** The first instant of the month after their last one; absent while no end is known. */
  readonly until?: Instant
}

/** Number of the team's subscriptions to a product at an instant. */
export function subscriptionsAt(rows: readonly Subscription[], product: string, at: Instant): number {
  return rows.reduce(
    (sum, { product: other, count, from, until = Number.POSITIVE_INFINITY }) =>
      other === product && from <= at && at < until ? sum + count : sum,
    0,
  )
}

/**
 * The rows after an operator has set them. In the months until `keptUntil` nothing is taken away, because open authorizations
 * count on it: each product keeps there what the new rows lack. Rows of months that are closed disappear.
 */
export function replaceSubscriptions(
  before: readonly Subscription[],
  requested: readonly Subscription[],
  { now, keptUntil }: { readonly now: Instant; readonly keptUntil: Instant },
): readonly Subscription[] {
  const open = previousPeriod(periodOf(now))
  const rows = requested.filter(({ until }) => until === undefined || until > periodStart(open))
  const products = [...new Set(before.map(({ product }) => product))]
  const kept = monthsUntil(open, keptUntil).flatMap((month) =>
    products.flatMap((product) => keptRow({ before, rows, product, month, now })),
  )
  return [...rows, ...kept].toSorted(
    (a, b) => a.from - b.from || (a.product < b.product ? -1 : a.product > b.product ? 1 : 0),
  )
}

/** The subscriptions that a month has by now, or will have from its start, and that the new rows lack. */
function keptRow({ before, rows, product, month, now }: Change): readonly Subscription[] {
  const [from, until] = [periodStart(month), periodEnd(month)]
  const at = Math.max(from, Math.min(now, until - 1))
  const count = subscriptionsAt(before, product, at) - subscriptionsAt(rows, product, at)
  return count > 0 ? [{ product, count, from, until }] : []
}

interface Change {
  readonly before: readonly Subscription[]
  readonly rows: readonly Subscription[]
  readonly product: string
  readonly month: Period
  readonly now: Instant
}

function monthsUntil(first: Period, end: Instant): readonly Period[] {
  const months: Period[] = []
  for (let month = first; periodStart(month) < end; month = nextPeriod(month)) months.push(month)
  return months
}
