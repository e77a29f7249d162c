import { Dashboard, type IMetric, type IWidget } from 'aws-cdk-lib/aws-cloudwatch'
import type { CfnFunction } from 'aws-cdk-lib/aws-lambda'
import { Construct } from 'constructs'
import type { MetricName } from '../../lambdas/runtime/metric-names.ts'
import { aws, graph, own, ownBy } from './dashboard-graphs.ts'
import type { Everything, Watched } from './watched.ts'

export interface TechnicalDashboardProps {
  readonly stage: string
  readonly found: Everything
}

/** Shows errors, latency, remaining capacity and cost. */
export class TechnicalDashboard extends Construct {
  constructor(scope: Construct, id: string, props: TechnicalDashboardProps) {
    super(scope, id)
    const widgets = [callRow(props), functionRow(props), behindRow(props), tableRow(props), tellingRow(props)]
    new Dashboard(this, 'Dashboard', { widgets })
  }
}

function callRow({ stage, found }: TechnicalDashboardProps): IWidget[] {
  const ofApi = (metricName: string, statistic = 'Sum') =>
    found.apis.map(({ resource }) =>
      aws('AWS/ApiGateway', metricName, { ApiId: resource.ref }, { statistic }),
    )
  return [
    graph('Calls and failures', [...ofApi('Count'), ...ofApi('4xx'), ...ofApi('5xx')]),
    graph('Latency of the API, p50 and p99, ms', [...ofApi('Latency', 'p50'), ...ofApi('Latency', 'p99')]),
    graph('Latency by call, p99, ms', [ownBy(stage, 'Latency', 'Operation', 'p99')]),
  ]
}

function functionRow({ stage, found }: TechnicalDashboardProps): IWidget[] {
  const ofEach = (metricName: string, statistic = 'Sum') => byFunction(found.functions, metricName, statistic)
  const refused = [
    own(stage, 'Faults'),
    own(stage, 'Busy'),
    own(stage, 'RaceRetries'),
    own(stage, 'Unauthorized'),
    own(stage, 'Throttled'),
  ]
  return [
    graph('Errors and throttles of functions', [...ofEach('Errors'), ...ofEach('Throttles')]),
    graph('Running at once', ofEach('ConcurrentExecutions', 'Maximum'), true),
    graph('Faults, busy, retries, no token, too many', refused),
  ]
}

function behindRow({ stage, found }: TechnicalDashboardProps): IWidget[] {
  const most = (name: MetricName) => own(stage, name, 'Maximum')
  const queues = found.queues.map(({ resource, name: label }) => {
    const dimensions = { QueueName: resource.attrQueueName }
    const more = { statistic: 'Maximum', label }
    return aws('AWS/SQS', 'ApproximateNumberOfMessagesVisible', dimensions, more)
  })
  return [
    graph('Lag of the stream when applied, ms', [ownBy(stage, 'StreamLag', 'Consumer', 'Maximum')]),
    graph('Dead letters', queues, true),
    graph('Sweep: due, entries, shards left; oldest, ms', [
      own(stage, 'SweepDue'),
      own(stage, 'SweepEntries'),
      most('SweepShardsLeft'),
      most('SweepOldestDueAge'),
    ]),
  ]
}

function tableRow({ found }: TechnicalDashboardProps): IWidget[] {
  const ofTable = (...names: string[]): IMetric[] =>
    found.tables.flatMap(({ resource: { ref: TableName } }) =>
      names.map((name) => aws('AWS/DynamoDB', name, { TableName })),
    )
  return [
    graph('Units of the table', ofTable('ConsumedReadCapacityUnits', 'ConsumedWriteCapacityUnits')),
    graph(
      'Throttles and conflicts',
      ofTable('ReadThrottleEvents', 'WriteThrottleEvents', 'TransactionConflict'),
    ),
    // Billed amounts outside the table: requests and the run time of functions.
    graph('Calls of functions', byFunction(found.functions, 'Invocations', 'Sum'), true),
  ]
}

function tellingRow({ stage, found }: TechnicalDashboardProps): IWidget[] {
  const machines = found.stateMachines.flatMap(({ resource, name: label }) =>
    ['ExecutionsStarted', 'ExecutionsFailed'].map((metricName) =>
      aws('AWS/States', metricName, { StateMachineArn: resource.ref }, { label: `${label} ${metricName}` }),
    ),
  )
  const ours = (...names: MetricName[]) => names.map((name) => own(stage, name))
  return [
    graph('Events, workflows', [...ours('EventsPublished', 'WorkflowsStarted'), ...machines]),
    graph('Webhooks', ours('WebhooksDelivered', 'WebhookFailures', 'WebhookGiveUps')),
    graph('Mail, and the oldest delivery due, ms', [
      ...ours('MailsSent', 'MailFailures'),
      own(stage, 'DeliveriesOldestDueAge', 'Maximum'),
    ]),
  ]
}

function byFunction(
  functions: readonly Watched<CfnFunction>[],
  metricName: string,
  statistic: string,
): IMetric[] {
  return functions.map(({ resource, name: label }) =>
    aws('AWS/Lambda', metricName, { FunctionName: resource.ref }, { statistic, label }),
  )
}
