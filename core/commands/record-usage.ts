import { type Account, type Funding, meterState, termsAt } from '../account/account.ts'
import { type Catalog, isKnownMeter, type Rate, rateAt } from '../catalog/catalog.ts'
import type { Context } from '../catalog/context.ts'
import type { Decision } from '../decision.ts'
import { chargeUnheld } from '../funding/charge.ts'
import { completeUnits } from '../funding/demand.ts'
import type { EntryOf, Usage } from '../journal/entry.ts'
import { type Recorded, record } from '../journal/record.ts'
import {
  closesAt,
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

export interface RecordUsageContext extends Context {
  /** The command's events that have an entry already. */
  readonly recorded: ReadonlySet<UsageEvent>
}

/** The outcome of one event; without an entry, it was recorded before. */
export interface UsageResult {
  readonly event: UsageEvent
  readonly entry?: EntryOf<'usage'>
}

export type EventRejection = 'UNKNOWN_METER' | 'EVENT_TOO_OLD' | 'EVENT_IN_FUTURE'

/** The reason for which a new event is not recorded; undefined for none. */
export function rejectionOf(event: UsageEvent, now: Instant, catalog: Catalog): EventRejection | undefined {
  if (!isKnownMeter(catalog, event.meter)) return 'UNKNOWN_METER'
  if (event.time < now - eventAgeMaxMs) return 'EVENT_TOO_OLD'
  return event.time > now + eventAheadMaxMs ? 'EVENT_IN_FUTURE' : undefined
}

/** Records usage events one after the other; an event that is recorded already changes nothing. */
export function recordUsage(
  before: Account,
  { events }: RecordUsage,
  context: RecordUsageContext,
): Decision<readonly UsageResult[]> {
  let account = before
  const answer: UsageResult[] = []
  for (const event of events) {
    if (context.recorded.has(event)) {
      answer.push({ event })
      continue
    }
    const next = recordEvent(account, event, context)
    account = next.account
    answer.push({ event, entry: next.entry })
  }
  return { account, entries: answer.flatMap(({ entry }) => entry ?? []), answer }
}

/**
 * Records one event at the rates, and on the plan, in force at its time. It counts in the month of its time until that
 * month is closed (48 hours after its end), then in the current one, marked late. Beyond a free amount it is marked overrun.
 */
function recordEvent(account: Account, event: UsageEvent, context: Context): Recorded<'usage'> {
  const { source, id, appId, meter, quantity, time } = event
  const rate = rateAt(context.catalog, meter, time)
  const period = countedIn(account, time, context.now)
  const usage = { appId, meter, quantity, period, ...fundingOf(account, event, period, rate, context) }
  return record(account, context.now, {
    kind: 'usage',
    source,
    id,
    time,
    usage,
    isLate: rate !== undefined && periodOf(time) < period,
    isOverrun: usage.funding === 'free' && isBeyondFree(account, usage, rate),
  })
}

function fundingOf(
  account: Account,
  { quantity, time }: UsageEvent,
  period: Period,
  rate: Rate | undefined,
  { now, catalog }: Context,
): { readonly funding: Funding } & Pick<Usage, 'charges' | 'unitSize'> {
  if (rate === undefined) return { funding: 'unrated', charges: [] }
  if (termsAt(account, time).plan !== 'paid') return { funding: 'free', charges: [] }
  const { units } = completeUnits(account, rate, quantity)
  const charges = chargeUnheld(account, { price: rate, units, period }, { usedAt: time, now, catalog })
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
  return rate !== undefined && tally.free + usage.quantity > rate.freePerPeriod
}
