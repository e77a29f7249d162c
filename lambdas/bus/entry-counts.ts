import { type Charge, chargesOf, type Entry } from '../../core/journal/entry.ts'
import { metrics } from '../runtime/metrics.ts'

const milli = 1_000

/** Counts the business facts of entries: units, tokens, money, and the moves of customers. */
export function countEntries(entries: readonly Entry[]): void {
  for (const entry of entries) {
    for (const charge of chargesOf(entry)) countCharge(charge, 'paidShortfall' in entry)
    countKind(entry)
  }
}

function countCharge(charge: Charge, isShortfall: boolean): void {
  if (isShortfall) metrics.add('ShortfallSettledUnits', charge.units)
  if (charge.source === 'flex') metrics.add('TokensSpent', charge.milliTokens / milli)
  if (charge.source === 'pay-as-you-go') metrics.add('PayAsYouGoUsdCents', charge.usdCents)
  if (charge.source === 'shortfall') metrics.add('ShortfallUnits', charge.units)
}

const paymentMetrics = {
  settled: 'PaymentsSettled',
  failed: 'PaymentsFailed',
  refunded: 'Refunds',
  'charged-back': 'ChargeBacks',
} as const

function countKind(entry: Entry): void {
  if (entry.kind === 'capture' || entry.kind === 'usage') {
    if (entry.isOverrun) metrics.add('Overruns')
    if (entry.usage.waived !== undefined) metrics.add('WaivedUses')
    if (entry.isLate) metrics.add('LateUses')
  }
  if (entry.kind === 'purchase') metrics.add('Purchases')
  if (entry.kind === 'lot-granted') metrics.add('TokensGranted', entry.lot.milliTokens / milli)
  if (entry.kind === 'lot-expired') metrics.add('TokensExpired', entry.milliTokens / milli)
  if (entry.kind === 'period-closed' && entry.usdCents > 0) metrics.add('InvoicesIssued')
  if (entry.kind === 'payment') metrics.add(paymentMetrics[entry.status])
  if (entry.kind === 'payment-recovery') metrics.add('RecoverySteps')
  if (entry.kind === 'suspended') metrics.add('TeamsSuspended')
  if (entry.kind === 'app-moved') metrics.add('AppsMigrated')
  if (entry.kind === 'campaign-notice') metrics.add('CampaignNotices', 1, { Notice: entry.notice })
}
