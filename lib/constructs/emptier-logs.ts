import { CfnResource, RemovalPolicy, type Stack } from 'aws-cdk-lib'
import { type CfnLogGroup, LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs'

/**
 * Adds a log group of the stack for the CDK function that empties buckets when their stack is destroyed. Without it
 * Lambda creates a group at the first call, and that group is never deleted. Call this after the stack's buckets exist.
 */
export function addEmptierLogs(stack: Stack, retention: RetentionDays): void {
  const provider = stack.node.tryFindChild('Custom::S3AutoDeleteObjectsCustomResourceProvider')
  const emptier = provider?.node.tryFindChild('Handler')
  // A protected stage has no such function.
  if (!CfnResource.isCfnResource(emptier)) return
  const logs = new LogGroup(stack, 'EmptierLogs', { retention, removalPolicy: RemovalPolicy.DESTROY })
  const { ref } = logs.node.defaultChild as CfnLogGroup
  emptier.addPropertyOverride('LoggingConfig.LogGroup', ref)
}
