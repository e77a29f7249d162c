import { Stack } from 'aws-cdk-lib'
import type { CfnTable } from 'aws-cdk-lib/aws-dynamodb'
import type { CfnFunction } from 'aws-cdk-lib/aws-lambda'
import type { CfnSchedule } from 'aws-cdk-lib/aws-scheduler'
import type { AlarmSet, AwsMetric } from './alarm-set.ts'
import { type Everything, ruleName, type WatchedSchedule } from './watched.ts'

const hour = 60

/** Adds at least one alarm for everything that can fail by itself. */
export function addResourceAlarms(alarms: AlarmSet, found: Everything): void {
  for (const { resource, name: subject } of found.functions) {
    const dimensions = { FunctionName: resource.ref }
    const patience = errorPatience(resource, found)
    alarms.onAws('function-errors', { ...lambda('Errors'), dimensions }, { subject, ...patience })
    alarms.onAws('function-throttles', { ...lambda('Throttles'), dimensions }, { subject })
  }
  for (const { resource, name: subject } of found.consumers) {
    const dimensions = { FunctionName: resource.ref }
    alarms.onAws('stream-behind', { ...lambda('IteratorAge', 'Maximum'), dimensions }, { subject })
  }
  for (const { resource, name: subject } of found.queues) {
    const metric = { namespace: 'AWS/SQS', metricName: 'ApproximateNumberOfMessagesVisible' }
    const dimensions = { QueueName: resource.attrQueueName }
    alarms.onAws('dead-letters', { ...metric, statistic: 'Maximum', dimensions }, { subject })
  }
  for (const { resource, name: subject } of found.stateMachines) {
    const dimensions = { StateMachineArn: resource.ref }
    const ends = ['ExecutionsFailed', 'ExecutionsTimedOut', 'ExecutionsAborted'].map((metricName) => {
      return { namespace: 'AWS/States', metricName, statistic: 'Sum', dimensions }
    })
    alarms.onAws('workflow-failed', ends, { subject })
  }
  for (const [target, schedules] of Map.groupBy(found.schedules, (schedule) => schedule.target))
    addScheduleAlarm(alarms, schedules, found.functions.find(({ resource }) => resource === target)?.name)
  for (const { resource, name: subject } of found.rules) {
    const { eventBusName } = resource
    const rule = { RuleName: ruleName(resource, Stack.of(alarms)) }
    const dimensions = eventBusName === undefined ? rule : { ...rule, EventBusName: eventBusName }
    const metric = { namespace: 'AWS/Events', metricName: 'FailedInvocations', statistic: 'Sum' }
    alarms.onAws('bus-failed', { ...metric, dimensions }, { subject })
  }
  for (const { resource, name: subject } of found.archives) {
    const metric = { namespace: 'AWS/Firehose', metricName: 'DeliveryToS3.DataFreshness' }
    const dimensions = { DeliveryStreamName: resource.ref }
    alarms.onAws('archive-late', { ...metric, statistic: 'Maximum', dimensions }, { subject })
  }
}

const lambda = (metricName: string, statistic = 'Sum') => ({
  namespace: 'AWS/Lambda',
  metricName,
  statistic,
})

/** One alarm for all schedules of a function: they share its metric, and the silence of one leaves too few calls. */
function addScheduleAlarm(
  alarms: AlarmSet,
  schedules: readonly WatchedSchedule[],
  targetName?: string,
): void {
  const [first] = schedules
  if (first === undefined) return
  const dimensions = { FunctionName: first.target.ref }
  const interval = Math.min(...schedules.map(({ resource }) => intervalMinutes(resource)))
  const { periodMinutes, periods } = silence(interval)
  const threshold = (schedules.length - 1) * Math.floor(periodMinutes / interval) + 1
  const subject = schedules.length === 1 ? first.name : targetName
  alarms.onAws(
    'schedule-silent',
    { ...lambda('Invocations'), dimensions },
    { subject, periodMinutes, periods, threshold },
  )
}

/** Maximum silence of a schedule: a few of its intervals, in periods that CloudWatch supports. */
function silence(interval: number): { periodMinutes: number; periods: number } {
  if (interval < hour) return { periodMinutes: Math.max(5, 3 * interval), periods: 2 }
  return { periodMinutes: interval, periods: interval === hour ? 3 : 2 }
}

/**
 * Number of errors that a function may have. Lambda retries a scheduled run within minutes, so with periods of the
 * schedule's interval, the second bad period is the next run. Cognito calls a trigger three times at once, and then the
 * sign-in fails.
 */
function errorPatience(resource: CfnFunction, { schedules, triggers }: Everything) {
  if (triggers.some((trigger) => trigger.resource === resource)) return { threshold: 3, periods: 1 }
  const schedule = schedules.find(({ target }) => target === resource)
  return schedule && { periodMinutes: Math.max(5, intervalMinutes(schedule.resource)) }
}

function intervalMinutes({ scheduleExpression, node }: CfnSchedule): number {
  const [, minutes] =
    /^rate\((\d+) minutes?\)$/.exec(scheduleExpression) ??
    /^cron\(0\/(\d+) \* /.exec(scheduleExpression) ??
    []
  if (minutes !== undefined) return Number(minutes)
  if (/^rate\(1 hour\)$|^cron\(\d+ \* /.test(scheduleExpression)) return hour
  if (/^rate\(1 day\)$|^cron\(\d+ \d+ \* /.test(scheduleExpression)) return 24 * hour
  throw new Error(`${node.path} runs ${scheduleExpression}: say how long it may be silent`)
}

/** Adds an alarm for everything that a table can do to its callers. `unitsMax`: the stage's limit, in units per second. */
export function addTableAlarms(
  alarms: AlarmSet,
  table: CfnTable,
  unitsMax: { readonly read: number; readonly write: number },
): void {
  const TableName = table.ref
  const indexes = indexNames(table)
  const throttles = ['ReadThrottleEvents', 'WriteThrottleEvents'].flatMap((metricName) => [
    dynamo(metricName, { TableName }),
    ...indexes.map((GlobalSecondaryIndexName) => dynamo(metricName, { TableName, GlobalSecondaryIndexName })),
  ])
  alarms.onAws('table-throttled', throttles)
  const operations = ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'TransactWriteItems']
  const errors = operations.map((Operation) => dynamo('SystemErrors', { TableName, Operation }))
  alarms.onAws('table-errors', errors)
  const share = (unitsPerSecond: number) => 0.8 * unitsPerSecond * 60
  alarms.onAws('table-near-limit', dynamo('ConsumedReadCapacityUnits', { TableName }), {
    subject: 'reads',
    threshold: share(unitsMax.read),
  })
  alarms.onAws('table-near-limit', dynamo('ConsumedWriteCapacityUnits', { TableName }), {
    subject: 'writes',
    threshold: share(unitsMax.write),
  })
}

function dynamo(metricName: string, dimensions: Record<string, string>): AwsMetric {
  return { namespace: 'AWS/DynamoDB', metricName, statistic: 'Sum', dimensions }
}

function indexNames(table: CfnTable): readonly string[] {
  const indexes: unknown = Stack.of(table).resolve(table.globalSecondaryIndexes) ?? []
  return (indexes as readonly CfnTable.GlobalSecondaryIndexProperty[]).map(({ indexName }) => indexName)
}
