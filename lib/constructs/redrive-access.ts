import { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import type { Queue } from 'aws-cdk-lib/aws-sqs'
import { envNames } from '../../lambdas/runtime/env.ts'
import { CustomerKey } from './customer-key.ts'
import type { Handler } from './handler.ts'

/** A dead-letter queue, with the function whose failures it holds. */
export interface DeadLetters {
  readonly queue: Queue
  readonly handler: Handler
}

/** Sets the queues in a function's environment, and allows it to read and empty them and to repeat the failed calls. */
export function allowRedrive({ lambda }: Handler, all: readonly DeadLetters[]): void {
  const pairs = all.map(({ queue }) => `${queueName(queue)}=${queue.queueUrl}`)
  lambda.addEnvironment(envNames.deadLetters, pairs.join(','))
  const actions = ['GetQueueAttributes', 'ReceiveMessage', 'DeleteMessage', 'ChangeMessageVisibility']
  lambda.addToRolePolicy(
    new PolicyStatement({
      actions: actions.map((action) => `sqs:${action}`),
      resources: all.map(({ queue }) => queue.queueArn),
    }),
  )
  lambda.addToRolePolicy(
    new PolicyStatement({
      actions: ['lambda:InvokeFunction'],
      resources: all.map(({ handler }) => handler.lambda.functionArn),
    }),
  )
  CustomerKey.of(lambda)?.grantReadThrough('sqs', lambda)
}

/** Stack and construct, such as `Events-Facts`. */
function queueName({ node, stack }: Queue): string {
  return `${stack.node.id.split('-').at(-1)}-${node.scope?.node.id}`
}
