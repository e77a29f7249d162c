import { Duration } from 'aws-cdk-lib'
import { MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch'
import { Construct } from 'constructs'
import { type MetricName, metricNamespace } from '../../lambdas/runtime/metric-names.ts'
import type { AlarmKind } from '../alarm-kind.ts'
import { type AlarmKindName, alarmKinds } from '../alarm-kinds.ts'
import { RunbookAlarm, type RunbookAlarmProps } from './runbook-alarm.ts'

export interface AlarmSetProps extends Pick<RunbookAlarmProps, 'topic' | 'runbookUrl'> {
  readonly stage: string
}

export interface AwsMetric {
  /** `AWS/Lambda` and the like. */
  readonly namespace: string
  readonly metricName: string
  readonly statistic: string
  readonly dimensions?: Readonly<Record<string, string>>
}

interface OwnMetric {
  readonly dimensions?: Record<string, string>
  /** Distinguishes alarms of one kind. */
  readonly subject?: string
}

type Variations = Pick<RunbookAlarmProps, 'subject' | 'threshold' | 'periods'> & {
  readonly periodMinutes?: number
}

/** The alarms of one deployment. Each one takes one line. */
export class AlarmSet extends Construct {
  readonly alarms: RunbookAlarm[] = []
  private readonly props: AlarmSetProps

  constructor(scope: Construct, id: string, props: AlarmSetProps) {
    super(scope, id)
    this.props = props
  }

  /** Adds an alarm on an AWS metric, or on the sum of several. */
  onAws(kind: AlarmKindName, watched: AwsMetric | readonly AwsMetric[], more: Variations = {}): void {
    const period = periodOf(kind, more)
    const metrics = [watched]
      .flat()
      .map(({ dimensions, ...metric }) => new Metric({ ...metric, dimensionsMap: dimensions, period }))
    const [only] = metrics
    this.add(kind, metrics.length === 1 && only !== undefined ? only : sumOf(metrics, period), more)
  }

  /** Adds an alarm on one of our metrics. */
  onOwn(
    kind: AlarmKindName,
    metricName: MetricName,
    statistic: string,
    { dimensions, subject }: OwnMetric = {},
  ): void {
    const namespace = metricNamespace(this.props.stage)
    const period = periodOf(kind)
    const metric = new Metric({ namespace, metricName, statistic, dimensionsMap: dimensions, period })
    this.add(kind, metric, { ...(subject !== undefined && { subject }) })
  }

  /** Adds an alarm on an expression over the sums of several of our metrics. The expression uses the names in `used`. */
  onOwnSums(kind: AlarmKindName, used: Readonly<Record<string, MetricName>>, expression: string): void {
    const namespace = metricNamespace(this.props.stage)
    const period = periodOf(kind)
    const usingMetrics = Object.fromEntries(
      Object.entries(used).map(([name, metricName]) => [
        name,
        new Metric({ namespace, metricName, statistic: 'Sum', period }),
      ]),
    )
    this.add(kind, new MathExpression({ expression, usingMetrics, period, label: kind }))
  }

  private add(kind: AlarmKindName, metric: Metric | MathExpression, more: Variations = {}): void {
    const { periodMinutes: _, ...rest } = more
    const id = `${kind}${more.subject ?? ''}`.replace(/[^A-Za-z0-9]/g, '')
    this.alarms.push(new RunbookAlarm(this, id, { ...this.props, kind, metric, ...rest }))
  }

  /** The alarms that mean that customers are refused or wait. */
  get ofCustomers(): readonly RunbookAlarm[] {
    return this.alarms.filter(({ kind }) => (alarmKinds[kind] as AlarmKind).hurtsCustomers === true)
  }
}

function periodOf(kind: AlarmKindName, more: Variations = {}): Duration {
  return Duration.minutes(more.periodMinutes ?? alarmKinds[kind].periodMinutes)
}

/** Sums metrics that may have no data. Missing data counts as 0. */
function sumOf(metrics: readonly Metric[], period: Duration): MathExpression {
  const usingMetrics = Object.fromEntries(metrics.map((metric, index) => [`m${index}`, metric]))
  const expression = Object.keys(usingMetrics).map((name) => `FILL(${name}, 0)`)
  return new MathExpression({ expression: expression.join(' + '), usingMetrics, period, label: 'sum' })
}
