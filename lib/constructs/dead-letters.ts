import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib'
import { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import type { IDestination, IEventSourceDlq, IFunction } from 'aws-cdk-lib/aws-lambda'
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs'
import type { Construct } from 'constructs'

/** A queue for what could not be handled after all retries: encrypted, TLS only, kept for 14 days. */
export function addDeadLetters(scope: Construct): Queue {
  const queue = new Queue(scope, 'DeadLetters', {
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
    // The truth is in the table; a lost queue loses no operation.
    removalPolicy: RemovalPolicy.DESTROY,
  })
  Validations.of(queue).acknowledge({
    id: 'AwsSolutions-SQS3',
    reason: 'This queue is itself the dead-letter queue; nothing consumes it but an operator.',
  })
  return queue
}

/**
 * Where a mapping, or an asynchronous call, sends what a function failed at. Not the CDK's own destination: it also grants
 * to ask for the queue's address and attributes, which nobody does.
 */
export function keepFailures(queue: Queue): IEventSourceDlq & IDestination {
  return {
    bind: (_: unknown, lambda: IFunction) => {
      lambda.addToRolePolicy(
        new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [queue.queueArn] }),
      )
      return { destination: queue.queueArn }
    },
  }
}
