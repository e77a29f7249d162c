import { CfnOutput, CrossStackReferences, ReferenceStrength, Stack, type StackProps } from 'aws-cdk-lib'
import { AlarmRule, AlarmState, CompositeAlarm } from 'aws-cdk-lib/aws-cloudwatch'
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions'
import type { IRole } from 'aws-cdk-lib/aws-iam'
import type { Construct } from 'constructs'
import type { Config } from './config.ts'
import { AlarmSet } from './constructs/alarm-set.ts'
import { AlarmTopic } from './constructs/alarm-topic.ts'
import { tellWhenTaken } from './constructs/break-glass-taken.ts'
import { BusinessDashboard } from './constructs/business-dashboard.ts'
import { countRefused } from './constructs/refused-calls.ts'
import { addResourceAlarms, addTableAlarms } from './constructs/resource-alarms.ts'
import { addServiceAlarms } from './constructs/service-alarms.ts'
import { TechnicalDashboard } from './constructs/technical-dashboard.ts'
import { everything } from './constructs/watched.ts'

export interface ObservabilityStackProps extends StackProps {
  readonly config: Config
  /** A role whose use notifies the people on call. */
  readonly breakGlass?: IRole
}

/** Units per second that DynamoDB gives a table by default. */
const unitsQuota = 40_000

/**
 * Alarms and dashboards. Created last, because it finds the resources of the other stacks. It stores no data, and no
 * other stack depends on it.
 */
export class ObservabilityStack extends Stack {
  constructor(scope: Construct, id: string, props: ObservabilityStackProps) {
    super(scope, id, props)
    // Watched resources may change or disappear without this stack, so it uses no exports.
    CrossStackReferences.of(this).consume(ReferenceStrength.WEAK)
    const { stage, runbookUrl, alarmEmail, maxReadUnits, maxWriteUnits } = props.config
    const { topic } = new AlarmTopic(this, 'Told', { email: alarmEmail })
    new CfnOutput(this, 'AlarmTopicArn', { value: topic.topicArn })
    // Without watched resources the stack has no alarms and dashboards.
    if (props.config.watch === 'none') return
    if (props.breakGlass !== undefined) tellWhenTaken(this, props.breakGlass, topic)
    const found = everything(this.node.root)
    const alarms = new AlarmSet(this, 'Alarms', { topic, runbookUrl, stage })
    addServiceAlarms(alarms, found, props.config)
    addResourceAlarms(alarms, found)
    const unitsMax = { read: maxReadUnits ?? unitsQuota, write: maxWriteUnits ?? unitsQuota }
    for (const { resource } of found.tables) addTableAlarms(alarms, resource, unitsMax)
    countRefused(this, found, stage)
    this.addCustomersAffected(alarms, topic, runbookUrl)
    new BusinessDashboard(this, 'Business', { stage })
    new TechnicalDashboard(this, 'Technical', { stage, found })
  }

  private addCustomersAffected(alarms: AlarmSet, topic: AlarmTopic['topic'], runbookUrl: string): void {
    const rules = alarms.ofCustomers.map(({ alarm }) => AlarmRule.fromAlarm(alarm, AlarmState.ALARM))
    const composite = new CompositeAlarm(this, 'CustomersAffected', {
      alarmRule: AlarmRule.anyOf(...rules),
      alarmDescription: `Customers are refused or wait: look at the alarms next to it. What to do: ${runbookUrl}#customers-affected`,
    })
    composite.addAlarmAction(new SnsAction(topic))
    composite.addOkAction(new SnsAction(topic))
  }
}
