import { type Account, type Funding, meterState, termsAt } from '../account/account.ts'
import { type Catalog, type Rate, rateAt } from '../catalog/catalog.ts'
import { chargeFreely, completed } from '../funding/charge.ts'
import { ineligibility } from '../funding/pay-as-you-go.ts'
import type { Entry, Usage } from '../journal/entry.ts'
import { record } from '../journal/fold.ts'
import {
  closesAt,
  eventAgeMaxMs,
  eventAheadMaxMs,
  type Instant,
  type Period,
  periodOf,
  previousPeriod,
} from '../time/time.ts'

/** Work that was not authorized first. `source` and `id` identify it for ever. */
export interface UsageEvent {
  readonly source: string
  readonly id: string
  readonly appId: string
  readonly meter: string
  readonly quantity: number
  readonly time: Instant
}

/** Why an event's time cannot be taken, or undefined when it can. */
export function untimely(event: UsageEvent, now: Instant): 'EVENT_TOO_OLD' | 'EVENT_IN_FUTURE' | undefined {
  if (event.time < now - eventAgeMaxMs) return 'EVENT_TOO_OLD'
  return event.time > now + eventAheadMaxMs ? 'EVENT_IN_FUTURE' : undefined
}

/**
 * Records a usage event at the rates, and on the plan, in force at its time. It counts in the month of its time until that
 * month is closed (48 hours after its end), then in the current one, marked late. Beyond a free amount it is marked overrun.
 */
export function recordUsage(
  account: Account,
  event: UsageEvent,
  now: Instant,
  catalog: Catalog,
): { account: Account; entry: Entry } {
  const rate = rateAt(catalog, event.meter, event.time)
  const terms = termsAt(account, event.time)
  const period = countedIn(account, event.time, now)
  const isLate = rate !== undefined && periodOf(event.time) < period
  const paidOrFree: Funding = terms.plan === 'paid' ? 'paid' : 'free'
  const funding = rate === undefined ? 'unrated' : paidOrFree
  const { appId, meter, quantity } = event
  const usage: Usage = { appId, meter, quantity, funding, period, ...paidPart() }
  const isOverrun = funding === 'free' && isBeyondFree(account, usage, rate)
  return record(account, now, {
    kind: 'usage',
    source: event.source,
    id: event.id,
    time: event.time,
    usage,
    isLate,
    isOverrun,
  })

  function paidPart(): Pick<Usage, 'charges' | 'unitSize'> {
    if (rate === undefined || funding !== 'paid') return { charges: [] }
    const { units } = completed(account, meter, quantity, rate.unitSize)
    const wasPayAsYouGo = terms.payAsYouGo && ineligibility(account.profile, catalog) === undefined
    const charges = chargeFreely(account, { price: rate, units, period }, now, catalog, wasPayAsYouGo)
    return { unitSize: rate.unitSize, charges }
  }
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
