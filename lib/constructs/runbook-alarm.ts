import {
  Alarm,
  ComparisonOperator,
  type MathExpression,
  type Metric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch'
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions'
import type { ITopic } from 'aws-cdk-lib/aws-sns'
import { Construct } from 'constructs'
import type { AlarmKind } from '../alarm-kind.ts'
import { type AlarmKindName, alarmKinds } from '../alarm-kinds.ts'

export interface RunbookAlarmProps {
  readonly kind: AlarmKindName
  /** Has the period of the kind, or the alarm's own one. */
  readonly metric: Metric | MathExpression
  /** The watched resource, for readers. */
  readonly subject?: string
  /** URL of the runbook. */
  readonly runbookUrl: string
  readonly topic: ITopic
  /** Replaces the threshold of the kind. */
  readonly threshold?: number
  readonly periods?: number
}

const textMax = 1_024

/**
 * An alarm that states its meaning, its threshold's reason, the meaning of missing data, and the address of its runbook
 * section.
 */
export class RunbookAlarm extends Construct {
  readonly kind: AlarmKindName
  readonly alarm: Alarm

  constructor(scope: Construct, id: string, props: RunbookAlarmProps) {
    super(scope, id)
    this.kind = props.kind
    const kind: AlarmKind = alarmKinds[props.kind]
    this.alarm = new Alarm(this, 'Alarm', {
      metric: props.metric,
      threshold: props.threshold ?? kind.threshold,
      comparisonOperator: kind.isFloor
        ? ComparisonOperator.LESS_THAN_THRESHOLD
        : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: props.periods ?? kind.periods,
      treatMissingData: kind.isMissingBad ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
      alarmDescription: describe(props, kind).slice(0, textMax),
    })
    const action = new SnsAction(props.topic)
    this.alarm.addAlarmAction(action)
    this.alarm.addOkAction(action)
  }
}

function describe({ kind, subject, runbookUrl }: RunbookAlarmProps, { title, reason, missing }: AlarmKind) {
  const what = subject === undefined ? title : `${title}: ${subject}`
  return `${what}. Threshold: ${reason}. Missing data: ${missing}. What to do: ${runbookUrl}#${kind}`
}
