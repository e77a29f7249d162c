import type { OperationId } from '../../lambdas/routes.ts'
import type { AlarmSet } from './alarm-set.ts'
import type { Everything } from './watched.ts'

const authorizing: OperationId = 'authorizeUsage'

/** What customers would notice, and what the business would: the service as a whole. */
export function addServiceAlarms(
  alarms: AlarmSet,
  found: Everything,
  { isProtected }: { readonly isProtected: boolean },
): void {
  for (const { resource } of found.apis) {
    const api = { namespace: 'AWS/ApiGateway', dimensions: { ApiId: resource.ref } }
    alarms.onAws('api-faults', { ...api, metricName: '5xx', statistic: 'Sum' })
    alarms.onAws('api-slow', { ...api, metricName: 'Latency', statistic: 'p99' })
  }
  alarms.onOwn('faults', 'Faults', 'Sum')
  alarms.onOwn('busy', 'Busy', 'Sum')
  alarms.onOwn('decisions-slow', 'Latency', 'p99', { Operation: authorizing })
  // A stage that nobody works on is silent for days.
  if (isProtected) alarms.onOwn('no-decisions', 'Decisions', 'Sum')
  alarms.onOwn('unauthorized-burst', 'Unauthorized', 'Sum')
  alarms.onOwn('shortfall', 'ShortfallUnits', 'Sum')
  alarms.onOwn('sweep-behind', 'SweepOldestDueAge', 'Maximum')
  alarms.onOwn('sweep-unfinished', 'SweepShardsLeft', 'Maximum')
  alarms.onOwn('recovery-stuck', 'RecoveriesStuck', 'Maximum')
  alarms.onOwn('webhook-give-ups', 'WebhookGiveUps', 'Sum')
  alarms.onOwn('deliveries-behind', 'DeliveriesOldestDueAge', 'Maximum')
  alarms.onOwn('mail-failures', 'MailFailures', 'Sum')
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
