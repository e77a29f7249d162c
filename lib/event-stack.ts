import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib'
import type { ITable } from 'aws-cdk-lib/aws-dynamodb'
import type { Construct } from 'constructs'
import { factSource, paymentResultTypes, paymentSource } from '../contract/event-names.ts'
import { notifiedTypes } from '../core/events/notified-types.ts'
import type { Config } from './config.ts'
import { Bus } from './constructs/bus.ts'
import { BusConsumer } from './constructs/bus-consumer.ts'
import { Handler } from './constructs/handler.ts'
import { allowMail } from './constructs/mail.ts'
import type { DeadLetters } from './constructs/redrive-access.ts'
import { Scheduled } from './constructs/scheduled.ts'
import type { SigningKeys } from './constructs/signing-keys.ts'
import { StreamConsumer } from './constructs/stream-consumer.ts'
import type { EventFunction } from './functions.ts'

export interface EventStackProps extends StackProps {
  readonly config: Config
  /** Folder with a bundle per function. */
  readonly bundles: string
  readonly table: ITable
  readonly signingKeys: SigningKeys
}

/** Publishes domain events and receives the answers to them. */
export class EventStack extends Stack {
  readonly deadLetters: readonly DeadLetters[]

  constructor(scope: Construct, id: string, props: EventStackProps) {
    super(scope, id, props)
    const bus = new Bus(this, 'Bus', props.config)
    new CfnOutput(this, 'BusName', { value: bus.eventBus.eventBusName })
    const add: AddHandler = (construct, name) => new Handler(this, construct, { ...props, name })
    const publisher = add('PublishEvents', 'publish-events')
    bus.grantPut(publisher)
    const facts = new StreamConsumer(this, 'Facts', { handler: publisher, table: props.table })
    const results = new BusConsumer(this, 'PaymentResults', {
      bus: bus.eventBus,
      handler: add('OnPaymentResult', 'on-payment-result'),
      source: paymentSource,
      types: paymentResultTypes,
    })
    this.deadLetters = [facts.deadLetters, results.deadLetters, ...this.addDelivery(props, bus, add)]
  }

  private addDelivery(
    { config, signingKeys }: EventStackProps,
    bus: Bus,
    add: AddHandler,
  ): readonly DeadLetters[] {
    const [teller, retrier] = [add('DeliverEvent', 'deliver-event'), add('DeliverDue', 'deliver-due')]
    for (const handler of [teller, retrier]) {
      allowMail(handler, config)
      signingKeys.grantRead(handler)
    }
    const notifications = new BusConsumer(this, 'Notifications', {
      bus: bus.eventBus,
      handler: teller,
      source: factSource,
      types: notifiedTypes,
    })
    const retries = new Scheduled(this, 'Retries', {
      handler: retrier,
      schedules: { EveryMinute: 'rate(1 minute)' },
    })
    return [notifications.deadLetters, retries.deadLetters]
  }
}

type AddHandler = (construct: string, name: EventFunction) => Handler
