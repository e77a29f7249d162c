import { Stack, type StackProps } from 'aws-cdk-lib'
import type { ITable } from 'aws-cdk-lib/aws-dynamodb'
import type { Construct } from 'constructs'
import { paymentResultTypes, paymentSource } from '../lambdas/bus/event-names.ts'
import type { Config } from './config.ts'
import { Bus } from './constructs/bus.ts'
import { BusConsumer } from './constructs/bus-consumer.ts'
import { Handler } from './constructs/handler.ts'
import { StreamConsumer } from './constructs/stream-consumer.ts'
import type { EventFunction } from './functions.ts'

export interface EventStackProps extends StackProps {
  readonly config: Config
  /** Folder with a bundle per function. */
  readonly bundles: string
  readonly table: ITable
}

/** How the world is told what has happened, and how it answers. */
export class EventStack extends Stack {
  constructor(scope: Construct, id: string, props: EventStackProps) {
    super(scope, id, props)
    const bus = new Bus(this, 'Bus')
    const add = (construct: string, name: EventFunction) => new Handler(this, construct, { ...props, name })
    const publisher = add('PublishEvents', 'publish-events')
    bus.grantPut(publisher)
    new StreamConsumer(this, 'Facts', { handler: publisher, table: props.table })
    new BusConsumer(this, 'PaymentResults', {
      bus: bus.eventBus,
      handler: add('OnPaymentResult', 'on-payment-result'),
      source: paymentSource,
      types: paymentResultTypes,
    })
  }
}
