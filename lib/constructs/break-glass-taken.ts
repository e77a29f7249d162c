import { type CfnRule, EventField, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events'
import { SnsTopic } from 'aws-cdk-lib/aws-events-targets'
import type { IRole } from 'aws-cdk-lib/aws-iam'
import type { ITopic } from 'aws-cdk-lib/aws-sns'
import type { Construct } from 'constructs'

const message =
  `The break-glass role was taken by ${EventField.fromPath('$.detail.userIdentity.arn')}, ` +
  `from ${EventField.fromPath('$.detail.sourceIPAddress')}. Was it you? See docs/operations.md.`

/**
 * Publishes to a topic when a person takes a role in this Region, with the name of the person. CloudTrail must record
 * management events here, including read-only ones: taking a role counts as a read.
 */
export function tellWhenTaken(scope: Construct, role: IRole, topic: ITopic): Rule {
  const rule = new Rule(scope, 'BreakGlassTaken', {
    description: 'Somebody has taken the break-glass role',
    eventPattern: {
      source: ['aws.sts'],
      detailType: ['AWS API Call via CloudTrail'],
      detail: { eventName: ['AssumeRole'], requestParameters: { roleArn: [role.roleArn] } },
    },
    targets: [new SnsTopic(topic, { message: RuleTargetInput.fromText(message) })],
  })
  const cfnRule = rule.node.defaultChild as CfnRule
  cfnRule.state = 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS'
  return rule
}
