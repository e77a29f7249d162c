import { type Account, meterState, tokensLeft } from '../account/account.ts'
import type { PaidFor } from '../account/dues.ts'
import { dueIdOf, findDue, paidForOf } from '../account/dues.ts'
import { payUntil } from '../account/payable.ts'
import { type Catalog, rateAt } from '../catalog/catalog.ts'
import { includedLimit } from '../funding/included.ts'
import { billedUsdCents } from '../invoice/invoice.ts'
import { nextStep, paymentFailure, recoverySteps } from '../invoice/recovery.ts'
import type { Entry, EntryOf, Usage } from '../journal/entry.ts'
import { totalsOf } from '../journal/reversal.ts'
import { periodEnd } from '../time/time.ts'
import type { DomainEvent, DomainEventBody, FailureFacts } from './domain-event.ts'

/** Percent of a free or an included amount, in rising order, at which a team is notified (aps-facts, section 11). */
export const thresholdPercents = [50, 80, 100] as const

/** Tokens are low when less than this percent of the last purchase is left (aps-facts, section 2). */
export const lowTokensPercent = 20

/** The events of one entry, given the account before and after it. Ids come from the entry, so they never change. */
export function eventsOf(
  before: Account,
  after: Account,
  entry: Entry,
  catalog: Catalog,
): readonly DomainEvent[] {
  const bodies = [...bodiesOf(before, after, entry, catalog), ...tokenBodies(before, after, entry)]
  const { teamId, version, at, correlationId } = entry
  const head = { teamId, at, ...(correlationId !== undefined && { correlationId }) }
  return bodies.map((body, index) => ({ eventId: `${teamId}.${version}.${index}`, ...head, ...body }))
}

function bodiesOf(
  before: Account,
  after: Account,
  entry: Entry,
  catalog: Catalog,
): readonly DomainEventBody[] {
  switch (entry.kind) {
    case 'capture':
    case 'usage':
      return [
        ...includedBodies(after, entry.usage, catalog),
        ...thresholdBodies(before, after, entry.usage, catalog),
      ]
    case 'purchase':
      return [requestPayment({ purchase: entry.purchaseId }, entry.usdCents)]
    case 'payment-requested': {
      const { purchaseId, usdCents, attempt } = entry
      return [requestPayment({ purchase: purchaseId }, usdCents, attempt)]
    }
    case 'lot-expiring': {
      const { lotId, milliTokens, days } = entry
      const expiresAt = after.lots.find((lot) => lot.lotId === lotId)?.expiresAt ?? entry.at
      return [{ type: 'LotExpiring', lotId, milliTokens, days, expiresAt }]
    }
    case 'lot-expired':
      return [{ type: 'LotExpired', lotId: entry.lotId, milliTokens: entry.milliTokens }]
    case 'period-closed':
      return closedBodies(entry)
    case 'payment':
      return paymentBodies(before, after, entry)
    case 'reversal':
      return reversalBodies(before, after, entry, catalog)
    case 'payment-recovery':
      return recoveryBodies(before, entry)
    case 'suspended':
      return [{ type: 'TeamSuspended', because: 'operator', reason: entry.reason }]
    case 'resumed':
      return [{ type: 'TeamResumed', because: 'operator' }]
    case 'app-moved':
      return [{ type: 'AppMigrated', appId: entry.appId }]
    case 'campaign-notice':
      return campaignBodies(entry)
    case 'alert-noted':
      return [alertBody(entry)]
    default:
      return []
  }
}

function alertBody(entry: EntryOf<'alert-noted'>): DomainEventBody {
  const { alertId, appId, measure, threshold, value, period } = entry
  const app = appId === undefined ? {} : { appId }
  const type = entry.isReached ? 'AlertReached' : 'AlertBackUnder'
  return { type, alertId, ...app, measure, threshold, value, period }
}

function includedBodies(
  after: Account,
  { meter, period, included }: Usage,
  catalog: Catalog,
): readonly DomainEventBody[] {
  if (included === undefined || period !== after.period) return []
  const limit = includedLimit(after, catalog, meter, after.at)
  const used = meterState(after, meter).current.included ?? 0
  const percent = reachedPercent({ was: used - included, used, limit })
  return percent === undefined ? [] : [{ type: 'IncludedThresholdReached', meter, percent, used, limit }]
}

/** The highest threshold of a limit that a use has reached; undefined if it reached none. */
function reachedPercent({
  was,
  used,
  limit,
}: {
  readonly was: number
  readonly used: number
  readonly limit: number
}): number | undefined {
  return thresholdPercents.findLast(
    (threshold) => was * 100 < threshold * limit && used * 100 >= threshold * limit,
  )
}

function thresholdBodies(
  before: Account,
  after: Account,
  usage: Usage,
  catalog: Catalog,
): readonly DomainEventBody[] {
  const { meter, funding, period, quantity } = usage
  if (funding !== 'free' || quantity === 0 || period !== after.period) return []
  const rate = rateAt(catalog, meter, after.at)
  if (rate === undefined) return []
  const { api, freeLimitStops, freePerPeriod: limit } = rate
  const used = meterState(after, meter).current.free
  const was = before.period === after.period ? meterState(before, meter).current.free : 0
  const percent = reachedPercent({ was, used, limit })
  if (percent === undefined) return []
  const figures = { meter, api, freeLimitStops, percent, used, limit }
  const reached: DomainEventBody = { type: 'UsageThresholdReached', ...figures }
  const resumesAt = periodEnd(period)
  const stop: DomainEventBody = { type: 'FreeLimitReached', meter, api, freeLimitStops, limit, resumesAt }
  return percent === 100 ? [reached, stop] : [reached]
}

/** A reversal, its credit notes, and the lowest threshold of the free amount that its meter is below again. */
function reversalBodies(
  before: Account,
  after: Account,
  entry: EntryOf<'reversal'>,
  catalog: Catalog,
): readonly DomainEventBody[] {
  const { reversalId, appId, meter, creditUsdCents, creditNotes, reason } = entry
  const { quantity, milliTokens } = totalsOf(entry)
  const figures = { reversalId, appId, meter, quantity, milliTokens, creditUsdCents, reason }
  return [
    { type: 'UsageReversed', ...figures },
    ...creditNotes.map((note): DomainEventBody => ({ type: 'CreditNoteIssued', ...note })),
    ...backUnder(before, after, meter, catalog),
  ]
}

function backUnder(
  before: Account,
  after: Account,
  meter: string,
  catalog: Catalog,
): readonly DomainEventBody[] {
  const rate = rateAt(catalog, meter, after.at)
  if (rate === undefined) return []
  const { api, freeLimitStops, freePerPeriod: limit } = rate
  const [was, used] = [meterState(before, meter).current.free, meterState(after, meter).current.free]
  const percent = thresholdPercents.find(
    (threshold) => was * 100 >= threshold * limit && used * 100 < threshold * limit,
  )
  return percent === undefined || limit === 0
    ? []
    : [{ type: 'UsageBackUnder', meter, api, freeLimitStops, percent, used, limit }]
}

/** Measured against the newest lot, even if this entry has used it up. */
function tokenBodies(before: Account, after: Account, entry: Entry): readonly DomainEventBody[] {
  const newest = before.lots.reduce(
    (last, lot) => (lot.purchasedAt >= last.purchasedAt ? lot : last),
    before.lots[0] ?? noLot,
  )
  const [was, left] = [tokensLeft(before), tokensLeft(after)]
  if (entry.kind === 'lot-granted' || left >= was) return []
  const low = (newest.milliTokens * lowTokensPercent) / 100
  const isLow = was > low && left <= low
  const told: DomainEventBody = { type: 'TokensLow', milliTokens: left, ofMilliTokens: newest.milliTokens }
  return [...(isLow ? [told] : []), ...(left === 0 ? [{ type: 'TokensExhausted' } as const] : [])]
}

const noLot = { purchasedAt: 0, milliTokens: 0 }

function closedBodies(entry: EntryOf<'period-closed'>): readonly DomainEventBody[] {
  const { period, lines, usdCents } = entry
  const dueUsdCents = billedUsdCents(entry)
  return [
    { type: 'PeriodClosed', period, usdCents },
    { type: 'InvoiceIssued', period, lines, usdCents, dueUsdCents },
    ...(dueUsdCents > 0 ? [requestPayment({ invoice: period }, dueUsdCents)] : []),
  ]
}

function requestPayment(paidFor: PaidFor, usdCents: number, attempt = 0): DomainEventBody {
  return { type: 'PaymentRequested', paidFor, usdCents, attempt }
}

/** A failure of a payment that is not needed any more notifies nobody. A bill that is charged back has failed. */
function paymentBodies(
  before: Account,
  after: Account,
  entry: EntryOf<'payment'>,
): readonly DomainEventBody[] {
  const { paidFor, usdCents, status, payable, withdrawn } = entry
  const failure = failureOf(after, entry)
  if (status === 'failed')
    return payable.status === 'failed' ? [{ type: 'PaymentFailed', paidFor, usdCents, ...failure }] : []
  if (withdrawn !== undefined) return [withdrawnBody(entry, withdrawn, failure)]
  if (status === 'charged-back' && payable.status === 'charged-back')
    return [{ type: 'PaymentFailed', paidFor, usdCents, ...failure }]
  const isResumed = before.overdueSince !== undefined && after.overdueSince === undefined
  return isResumed ? [{ type: 'TeamResumed', because: 'paid' }] : []
}

/** The failure of what a payment leaves owed: of its due, or of its purchase. */
function failureOf({ dues }: Account, { paidFor, payable, owed }: EntryOf<'payment'>): FailureFacts {
  const due = findDue(dues, owed?.dueId ?? dueIdOf(paidFor))
  if (due !== undefined) return paymentFailure(due) ?? {}
  const { failedAt } = payable
  return 'purchase' in paidFor && failedAt !== undefined ? { failedAt, payUntil: payUntil(payable) } : {}
}

function withdrawnBody(
  { status, usdCents, owed }: EntryOf<'payment'>,
  { lotId: purchaseId, milliTokens }: NonNullable<EntryOf<'payment'>['withdrawn']>,
  failure: FailureFacts,
): DomainEventBody {
  const figures = { purchaseId, usdCents, milliTokens }
  if (status === 'refunded') return { type: 'PurchaseRefunded', ...figures }
  const { usdCents: dueUsdCents = 0 } = owed ?? {}
  return { type: 'PurchaseChargedBack', ...figures, dueUsdCents, ...(dueUsdCents > 0 && failure) }
}

function recoveryBodies(before: Account, entry: EntryOf<'payment-recovery'>): readonly DomainEventBody[] {
  const { dueId, step } = entry
  const bill = findDue(before.dues, dueId)
  if (bill === undefined) return []
  const paidFor = paidForOf(dueId)
  const after = { ...bill, steps: step + 1 }
  const { usdCents } = bill
  const failure = paymentFailure(after) ?? {}
  if (entry.action === 'stop')
    return [{ type: 'TeamSuspended', because: 'payment-overdue', paidFor, usdCents, ...failure }]
  const attempt = recoverySteps.slice(0, step + 1).filter(({ action }) => action === 'retry').length
  if (entry.action === 'retry') return [requestPayment(paidFor, usdCents, attempt)]
  const retryAt = nextStep(after)?.at ?? entry.at
  return [{ type: 'PaymentRetryComing', paidFor, usdCents, ...failure, retryAt }]
}

function campaignBodies(entry: EntryOf<'campaign-notice'>): readonly DomainEventBody[] {
  const { campaignId, notice, deadlineAt, apps, appIds } = entry
  if (notice !== 'stopped')
    return [{ type: 'MigrationReminder', campaignId, notice, deadlineAt, apps, appIds }]
  return appIds.map((appId) => ({ type: 'AppSuspended', campaignId, appId }))
}
