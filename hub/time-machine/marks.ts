import type { BalanceAnswer as Balance } from '../../contract/get-balance.ts'
import type { OfferAnswer as Offer } from '../../contract/get-offer.ts'
import { billingDelayMs, nextPeriod, periodEnd, periodOf } from '../../core/time/time.ts'

/** An event that time triggers. */
export interface Mark {
  readonly kind: 'opens' | 'reminder' | 'deadline' | 'period-ends' | 'bills-close' | 'lot-expires'
  /** RFC 3339. */
  readonly at: string
}

const marksMax = 12

/** Returns the events after `now`, the nearest first: campaign dates, the end of the month, invoices and lot expiries. */
export function marksAhead(now: string, offer: Offer | undefined, balance: Balance | undefined): Mark[] {
  const { opensAt, remindAt = [], deadlineAt } = offer?.campaign ?? {}
  const month = periodOf(Date.parse(now))
  const marks: Mark[] = [
    ...(opensAt === undefined ? [] : [{ kind: 'opens', at: opensAt } as const]),
    ...remindAt.map((at) => ({ kind: 'reminder', at }) as const),
    ...(deadlineAt === undefined ? [] : [{ kind: 'deadline', at: deadlineAt } as const]),
    ...[month, nextPeriod(month), nextPeriod(nextPeriod(month))].map(periodEnd).flatMap((end): Mark[] => [
      { kind: 'period-ends', at: toText(end) },
      { kind: 'bills-close', at: toText(end + billingDelayMs) },
    ]),
    ...(balance?.flex.lots ?? []).map(({ expiresAt }): Mark => ({ kind: 'lot-expires', at: expiresAt })),
  ]
  return marks
    .filter(({ at }) => Date.parse(at) > Date.parse(now))
    .sort((first, other) => Date.parse(first.at) - Date.parse(other.at))
    .filter(({ kind, at }, index, all) => all[index - 1]?.kind !== kind || all[index - 1]?.at !== at)
    .slice(0, marksMax)
}

const toText = (instant: number) => new Date(instant).toISOString()
