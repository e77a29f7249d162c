import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib'
import { Archive, EventBus } from 'aws-cdk-lib/aws-events'
import { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { Construct } from 'constructs'
import { factSource, paymentSource } from '../../contract/event-names.ts'
import { envNames } from '../../lambdas/runtime/env.ts'
import type { Handler } from './handler.ts'

export interface BusProps {
  /** True: the archive outlives the stack. */
  readonly isProtected: boolean
}

/** The bus for domain events and for results of the payment processor, with an archive for replays. */
export class Bus extends Construct {
  readonly eventBus: EventBus

  constructor(scope: Construct, id: string, { isProtected }: BusProps) {
    super(scope, id)
    this.eventBus = new EventBus(this, 'EventBus')
    const archive = new Archive(this, 'Archive', {
      sourceEventBus: this.eventBus,
      eventPattern: { source: [factSource, paymentSource], account: [Stack.of(this).account] },
      retention: Duration.days(400),
    })
    archive.applyRemovalPolicy(isProtected ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY)
  }

  /** Sets the bus's name in the environment and grants permission to put events on it. */
  grantPut({ lambda }: Handler): void {
    const { eventBusName, eventBusArn } = this.eventBus
    lambda.addEnvironment(envNames.eventBus, eventBusName)
    lambda.addToRolePolicy(new PolicyStatement({ actions: ['events:PutEvents'], resources: [eventBusArn] }))
  }
}
