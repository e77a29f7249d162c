import { countedAt, dayMs, dayOf, eventAgeMaxMs, hourMs, type Instant, type Period } from '../time/time.ts'
import { type Charge, chargesOf, type Entry, type EntryKind } from './entry.ts'

const kinds: Readonly<Record<EntryKind, true>> = {
  'team-changed': true,
  'hub-named': true,
  'app-moved': true,
  'plan-changed': true,
  authorization: true,
  capture: true,
  void: true,
  usage: true,
  purchase: true,
  'lot-granted': true,
  'lot-expiring': true,
  'lot-expired': true,
  'period-started': true,
  'period-closed': true,
  'limit-set': true,
  'budget-made': true,
  'budget-revoked': true,
  payment: true,
  'payment-requested': true,
  'purchase-given-up': true,
  'tokens-taken-back': true,
  reversal: true,
  'payment-recovery': true,
  'campaign-notice': true,
  'alert-noted': true,
  'subscriptions-changed': true,
  suspended: true,
  resumed: true,
  'personal-data-erased': true,
  adjustment: true,
}

/** Every kind of entry. */
export const entryKinds = Object.keys(kinds) as readonly EntryKind[]

/** Selects entries of a statement; an absent field selects all. */
export interface StatementFilter {
  /** With a charge of this period, or from this source. */
  readonly period?: Period
  readonly source?: Charge['source']
  /** About one of these meters; with a period or a source: with such a charge on it. */
  readonly meters?: readonly string[]
  /** About this lot; with a period or a source: with such a charge on it. */
  readonly lotId?: string
  readonly appId?: string
  readonly kind?: EntryKind
  /** Booked to this UTC day, `2026-01-15`. */
  readonly day?: string
}

/**
 * The UTC day that an entry is booked to, `2026-01-15`: a usage event by its own time, which counts as now where it is ahead of
 * the clock; everything else by the instant at which it took effect.
 */
export function bookedDay(entry: Entry): string {
  return dayOf(entry.kind === 'usage' ? countedAt(entry.time, entry.at) : entry.at)
}

/** The span in which entries booked to a day took effect, its end excluded; clocks may differ by an hour. */
export function effectOfDay(day: string): { readonly from: Instant; readonly to: Instant } {
  const start = Date.parse(`${day}T00:00:00Z`)
  return { from: start, to: start + dayMs + eventAgeMaxMs + hourMs }
}

/** True where a filter lets an entry through. */
export function isMeant(entry: Entry, filter: StatementFilter): boolean {
  const { kind, day, appId, meters, lotId } = filter
  if (kind !== undefined && entry.kind !== kind) return false
  if (day !== undefined && bookedDay(entry) !== day) return false
  if (appId !== undefined && appOf(entry) !== appId) return false
  if (filter.period !== undefined || filter.source !== undefined)
    return chargesOf(entry).some((charge) => isCharge(charge, filter))
  return (
    (meters === undefined || isAboutMeter(entry, meters)) && (lotId === undefined || isAboutLot(entry, lotId))
  )
}

function isCharge(charge: Charge, { period, source, meters, lotId }: StatementFilter): boolean {
  const isOfPeriod = period === undefined || (charge.source === 'pay-as-you-go' && charge.period === period)
  return (
    isOfPeriod &&
    (source === undefined || charge.source === source) &&
    (meters === undefined || meters.includes(charge.meter)) &&
    (lotId === undefined || drawsOn(charge, lotId))
  )
}

function drawsOn(charge: Charge, lotId: string): boolean {
  return charge.source === 'flex' && charge.lots.some((lot) => lot.lotId === lotId)
}

/** The app that an entry is about; undefined for none. */
export function appOf(entry: Entry): string | undefined {
  if ('usage' in entry) return entry.usage.appId
  if ('authorization' in entry) return entry.authorization.appId
  return 'appId' in entry ? entry.appId : undefined
}

function isAboutMeter(entry: Entry, meters: readonly string[]): boolean {
  const own = meterOf(entry)
  return (
    (own !== undefined && meters.includes(own)) ||
    chargesOf(entry).some((charge) => meters.includes(charge.meter))
  )
}

/** The meter that an entry is about, apart from its charges; undefined for none. */
export function meterOf(entry: Entry): string | undefined {
  if ('usage' in entry) return entry.usage.meter
  if ('authorization' in entry) return entry.authorization.meter
  return 'meter' in entry ? entry.meter : undefined
}

function isAboutLot(entry: Entry, lotId: string): boolean {
  return lotsOf(entry).includes(lotId) || chargesOf(entry).some((charge) => drawsOn(charge, lotId))
}

/** The lots that an entry is about, apart from its charges. A purchase is the beginning of its lot, under the same id. */
export function lotsOf(entry: Entry): readonly string[] {
  return [
    ...('purchaseId' in entry ? [entry.purchaseId] : []),
    ...(entry.kind === 'payment' && 'purchase' in entry.paidFor ? [entry.paidFor.purchase] : []),
    ...(entry.kind === 'lot-granted' ? [entry.lot.lotId] : []),
    ...('lotId' in entry ? [entry.lotId] : []),
  ]
}
