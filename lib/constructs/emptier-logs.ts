import { CfnResource, RemovalPolicy, type Stack } from 'aws-cdk-lib'
import { type CfnLogGroup, LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs'

/**
 * Gives the CDK's own function, which empties the buckets of a stack that is destroyed, a log group of the stack's. Else
 * Lambda makes one at its first call, which stays for ever. To be called when the stack's buckets are there.
 */
export function addEmptierLogs(stack: Stack, retention: RetentionDays): void {
  const provider = stack.node.tryFindChild('Custom::S3AutoDeleteObjectsCustomResourceProvider')
  const emptier = provider?.node.tryFindChild('Handler')
  // A protected stage empties nothing.
  if (!CfnResource.isCfnResource(emptier)) return
  const logs = new LogGroup(stack, 'EmptierLogs', { retention, removalPolicy: RemovalPolicy.DESTROY })
  const { ref } = logs.node.defaultChild as CfnLogGroup
  emptier.addPropertyOverride('LoggingConfig.LogGroup', ref)
}
