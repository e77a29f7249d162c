import { type Account, type Funding, meterState, termsAt } from '../account/account.ts'
import { beyondIncluded } from '../account/usage.ts'
import { type Catalog, type Rate, rateAt } from '../catalog/catalog.ts'
import type { Context } from '../catalog/context.ts'
import { isKnownName, statusAt } from '../catalog/names.ts'
import type { Decision } from '../decision.ts'
import { chargeUnheld } from '../funding/charge.ts'
import { completeUnits } from '../funding/demand.ts'
import { includedForEvent } from '../funding/included.ts'
import type { EntryOf, Usage } from '../journal/entry.ts'
import { type Recorded, record } from '../journal/record.ts'
import {
  closesAt,
  countedAt,
  eventAgeMaxMs,
  eventAheadMaxMs,
  type Instant,
  type Period,
  periodOf,
  previousPeriod,
} from '../time/time.ts'

/** Work that was not authorized first. `source` and `id` identify it permanently. */
export interface UsageEvent {
  readonly source: string
  readonly id: string
  readonly appId: string
  readonly meter: string
  readonly quantity: number
  readonly time: Instant
}

/** Events of one team's apps that were not rejected (`rejectionOf`), in the order sent, each `source` and `id` once. */
export interface RecordUsage {
  readonly kind: 'record-usage'
  readonly events: readonly UsageEvent[]
}

/** A known event was recorded before: with the same content, or its id is bound to other content. */
export type KnownAs = 'duplicate' | 'conflict'

export interface RecordUsageContext extends Context {
  /** Those of the command's events whose `source` and `id` have an entry already. */
  readonly known: ReadonlyMap<UsageEvent, KnownAs>
}

/** The outcome of one event. */
export type UsageResult =
  | { readonly event: UsageEvent; readonly status: 'recorded'; readonly entry: EntryOf<'usage'> }
  | { readonly event: UsageEvent; readonly status: KnownAs }

/** The content that `source` and `id` are bound to, as one text: app, meter, quantity and the instant as sent. */
export function boundContent({ appId, meter, quantity, time }: Omit<UsageEvent, 'source' | 'id'>): string {
  return JSON.stringify([appId, meter, quantity, time])
}

export type EventRejection = 'UNKNOWN_METER' | 'METER_ENDED' | 'EVENT_TOO_OLD' | 'EVENT_IN_FUTURE'

/** The reason for which a new event is not recorded; undefined for none. */
export function rejectionOf(event: UsageEvent, now: Instant, catalog: Catalog): EventRejection | undefined {
  if (!isKnownName(catalog, event.meter)) return 'UNKNOWN_METER'
  if (statusAt(catalog, event.meter, countedAt(event.time, now)) === 'ended') return 'METER_ENDED'
  if (event.time < now - eventAgeMaxMs) return 'EVENT_TOO_OLD'
  return event.time > now + eventAheadMaxMs ? 'EVENT_IN_FUTURE' : undefined
}

/** Records usage events one after the other. A known event changes nothing, whatever its content. */
export function recordUsage(
  before: Account,
  { events }: RecordUsage,
  context: RecordUsageContext,
): Decision<readonly UsageResult[]> {
  let account = before
  const answer: UsageResult[] = []
  for (const event of events) {
    const known = context.known.get(event)
    if (known !== undefined) {
      answer.push({ event, status: known })
      continue
    }
    const next = recordEvent(account, event, context)
    account = next.account
    answer.push({ event, status: 'recorded', entry: next.entry })
  }
  const entries = answer.flatMap((result) => (result.status === 'recorded' ? [result.entry] : []))
  return { account, entries, answer }
}

/**
 * Records one event at the rates, and on the plan, in force at its time; a time ahead of the clock counts as now. It counts in
 * the month of its time until that month is closed (48 hours after its end), then in the current one, marked late. It first
 * draws on that month's included amount, as far as no open authorization counts on it. Beyond its meter's free amount it is marked overrun. The entry keeps the time as it was sent, because the id is bound to it.
 */
function recordEvent(account: Account, event: UsageEvent, context: Context): Recorded<'usage'> {
  const { source, id, appId, meter, quantity, time } = event
  const usedAt = countedAt(time, context.now)
  const rate = rateAt(context.catalog, meter, usedAt)
  const period = countedIn(account, usedAt, context.now)
  const at = period === periodOf(usedAt) ? usedAt : context.now
  const left = rate === undefined ? 0 : includedForEvent(account, { meter, period, usedAt: at }, context)
  const included = Math.min(quantity, left)
  const rest = { quantity: quantity - included, usedAt }
  const funding = fundingOf(account, rest, period, rate, context)
  const usage = { appId, meter, quantity, ...(included > 0 && { included }), period, ...funding }
  return record(account, context.now, {
    kind: 'usage',
    source,
    id,
    time,
    usage,
    isLate: rate !== undefined && periodOf(usedAt) < period,
    isOverrun: usage.funding === 'free' && isBeyondFree(account, usage, rate),
  })
}

function fundingOf(
  account: Account,
  { quantity, usedAt }: { readonly quantity: number; readonly usedAt: Instant },
  period: Period,
  rate: Rate | undefined,
  { now, catalog }: Context,
): { readonly funding: Funding } & Pick<Usage, 'charges' | 'unitSize'> {
  if (rate === undefined) return { funding: 'unrated', charges: [] }
  if (termsAt(account, usedAt).plan !== 'paid') return { funding: 'free', charges: [] }
  const { units } = completeUnits(account, rate, quantity)
  const charges = chargeUnheld(account, { price: rate, units, period }, { usedAt, now, catalog })
  return { funding: 'paid', unitSize: rate.unitSize, charges }
}

/** The month that an instant's use counts in: its own while that is open, else the current one. */
function countedIn(account: Account, time: Instant, now: Instant): Period {
  const previous = previousPeriod(account.period)
  return periodOf(time) === previous && now < closesAt(previous) ? previous : account.period
}

function isBeyondFree(account: Account, usage: Usage, rate: Rate | undefined): boolean {
  const state = meterState(account, usage.meter)
  const tally = usage.period === account.period ? state.current : state.previous
  const quantity = beyondIncluded(usage)
  return rate !== undefined && quantity > 0 && tally.free + quantity > rate.freePerPeriod
}
