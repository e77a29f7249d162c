import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib'
import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam'
import type { IDestination, IEventSourceDlq, IFunction } from 'aws-cdk-lib/aws-lambda'
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs'
import type { Construct } from 'constructs'
import { CustomerKey } from './customer-key.ts'

/** A queue for messages that failed after all retries: encrypted, TLS only, kept for 14 days. */
export function addDeadLetters(scope: Construct): Queue {
  const key = CustomerKey.of(scope)?.key
  const queue = new Queue(scope, 'DeadLetters', {
    ...(key === undefined
      ? { encryption: QueueEncryption.SQS_MANAGED }
      : { encryption: QueueEncryption.KMS, encryptionMasterKey: key }),
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
    // The table contains the truth. A lost queue loses no operation.
    removalPolicy: RemovalPolicy.DESTROY,
  })
  Validations.of(queue).acknowledge({
    id: 'AwsSolutions-SQS3',
    reason: 'This queue is itself the dead-letter queue; nothing consumes it but an operator.',
  })
  return queue
}

/**
 * Destination of the failures of a mapping or of asynchronous calls. The CDK's own destination also grants permission to
 * read the queue's address and attributes, which no code uses.
 */
export function keepFailures(queue: Queue): IEventSourceDlq & IDestination {
  return {
    bind: (_: unknown, lambda: IFunction) => {
      allowSend(queue, lambda)
      return { destination: queue.queueArn }
    },
  }
}

/** Allows a role to send letters to the queue. `grantSendMessages` also grants permissions that no code uses. */
export function allowSend(queue: Queue, { grantPrincipal }: IGrantable): void {
  grantPrincipal.addToPrincipalPolicy(
    new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [queue.queueArn] }),
  )
  CustomerKey.of(queue)?.grantThrough('sqs', { grantPrincipal })
}
