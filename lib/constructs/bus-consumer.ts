import { Duration } from 'aws-cdk-lib'
import type { EventBus } from 'aws-cdk-lib/aws-events'
import { Rule } from 'aws-cdk-lib/aws-events'
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets'
import { Construct } from 'constructs'
import { addDeadLetters, keepFailures } from './dead-letters.ts'
import type { Handler } from './handler.ts'
import type { DeadLetters } from './redrive-access.ts'

export interface BusConsumerProps {
  readonly bus: EventBus
  readonly handler: Handler
  readonly source: string
  readonly types: readonly string[]
}

/**
 * Calls a function for every event of a source and some types. Events that cannot be delivered within an hour, or that
 * fail three times, go to the dead-letter queue.
 */
export class BusConsumer extends Construct {
  readonly deadLetters: DeadLetters

  constructor(scope: Construct, id: string, { bus, handler, source, types }: BusConsumerProps) {
    super(scope, id)
    const queue = addDeadLetters(this)
    this.deadLetters = { queue, handler }
    new Rule(this, 'Rule', {
      eventBus: bus,
      eventPattern: { source: [source], detailType: [...types] },
      targets: [
        new LambdaFunction(handler.lambda, {
          deadLetterQueue: queue,
          maxEventAge: Duration.hours(1),
          retryAttempts: 10,
        }),
      ],
    })
    handler.lambda.configureAsyncInvoke({ onFailure: keepFailures(queue), retryAttempts: 2 })
  }
}
