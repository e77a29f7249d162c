import type { OperationId } from '../../contract/routes.ts'
import type { MetricName } from '../../lambdas/runtime/metric-names.ts'
import type { Config } from '../config.ts'
import type { AlarmSet } from './alarm-set.ts'
import type { Everything } from './watched.ts'

const authorizing: OperationId = 'authorizeUsage'

/** The readers of the journals, in the dimension of the lag metric. */
const readers = ['usage-view', 'events', 'archive'] as const

/** Adds alarms for problems that customers or the business would notice in the service as a whole. */
export function addServiceAlarms(
  alarms: AlarmSet,
  found: Everything,
  { isProtected, mailFrom, payments }: Config,
): void {
  for (const { resource } of found.apis) {
    const api = { namespace: 'AWS/ApiGateway', dimensions: { ApiId: resource.ref } }
    alarms.onAws('api-faults', { ...api, metricName: '5xx', statistic: 'Sum' })
    alarms.onAws('api-slow', { ...api, metricName: 'Latency', statistic: 'p99' })
  }
  alarms.onOwn('faults', 'Faults', 'Sum')
  alarms.onOwn('busy', 'Busy', 'Sum')
  alarms.onOwn('decisions-slow', 'Latency', 'p99', { dimensions: { Operation: authorizing } })
  // A stage that nobody uses is silent for days.
  if (isProtected) alarms.onOwn('no-decisions', 'Decisions', 'Sum')
  alarms.onOwn('unauthorized-burst', 'Unauthorized', 'Sum')
  alarms.onOwn('calls-throttled', 'Throttled', 'Sum')
  alarms.onOwn('shortfall', 'ShortfallUnits', 'Sum')
  alarms.onOwn('usage-conflicts', 'UsageConflicts', 'Sum')
  alarms.onOwn('sweep-behind', 'SweepOldestDueAge', 'Maximum')
  alarms.onOwn('sweep-unfinished', 'SweepShardsLeft', 'Maximum')
  for (const subject of readers)
    alarms.onOwn('readers-behind', 'ReaderLag', 'Maximum', { dimensions: { Consumer: subject }, subject })
  alarms.onOwn('recovery-stuck', 'RecoveriesStuck', 'Maximum')
  alarms.onOwn('campaign-stuck', 'CampaignStepsStuck', 'Maximum')
  // In a sandbox, a purchase settles at once.
  if (payments === 'bus') addPaymentAlarms(alarms)
  alarms.onOwn('webhook-give-ups', 'WebhookGiveUps', 'Sum')
  alarms.onOwn('deliveries-behind', 'DeliveriesOldestDueAge', 'Maximum')
  alarms.onOwn('mail-failures', 'MailFailures', 'Sum')
  if (mailFrom !== undefined) addBounceAlarms(alarms)
  alarms.onAws('concurrency-near-limit', {
    namespace: 'AWS/Lambda',
    metricName: 'ConcurrentExecutions',
    statistic: 'Maximum',
  })
  alarms.onAws('scheduler-failures', {
    namespace: 'AWS/Scheduler',
    metricName: 'InvocationDroppedCount',
    statistic: 'Sum',
    dimensions: { ScheduleGroup: 'default' },
  })
}

function addPaymentAlarms(alarms: AlarmSet): void {
  alarms.onOwn('refunds', 'Refunds', 'Sum')
  alarms.onOwn('charge-backs', 'ChargeBacks', 'Sum')
  const used: Record<string, MetricName> = {
    purchases: 'Purchases',
    invoices: 'InvoicesIssued',
    settled: 'PaymentsSettled',
    failed: 'PaymentsFailed',
  }
  const sum = (first: string, other: string) => `FILL(${first}, 0) + FILL(${other}, 0)`
  const isSilent = `${sum('purchases', 'invoices')} > 0 AND ${sum('settled', 'failed')} == 0`
  alarms.onOwnSums('payments-silent', used, `IF(${isSilent}, 1, 0)`)
}

/** SES counts bounces and complaints for the whole account, not per sender. */
function addBounceAlarms(alarms: AlarmSet): void {
  const rate = { namespace: 'AWS/SES', statistic: 'Average' }
  alarms.onAws('mail-bounces', { ...rate, metricName: 'Reputation.BounceRate' }, { subject: 'bounces' })
  alarms.onAws(
    'mail-bounces',
    { ...rate, metricName: 'Reputation.ComplaintRate' },
    { subject: 'complaints', threshold: 0.001 },
  )
}
