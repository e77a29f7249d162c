import { RemovalPolicy, Stack } from 'aws-cdk-lib'
import { Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Key } from 'aws-cdk-lib/aws-kms'
import { Topic } from 'aws-cdk-lib/aws-sns'
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions'
import { Construct } from 'constructs'

/** Where alarms are told: encrypted, over TLS only, and to an address where one is given. */
export class AlarmTopic extends Construct {
  readonly topic: Topic

  constructor(scope: Construct, id: string, { email }: { readonly email?: string | undefined }) {
    super(scope, id)
    // Alarms may not use the key that SNS brings: it would let nobody but people in.
    const masterKey = new Key(this, 'Key', { enableKeyRotation: true, removalPolicy: RemovalPolicy.DESTROY })
    this.topic = new Topic(this, 'Topic', { masterKey, enforceSSL: true })
    const principals = [new ServicePrincipal('cloudwatch.amazonaws.com')]
    const conditions = { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } }
    const allow = (actions: string[], resources: string[]) =>
      new PolicyStatement({ effect: Effect.ALLOW, principals, actions, resources, conditions })
    masterKey.addToResourcePolicy(allow(['kms:Decrypt', 'kms:GenerateDataKey*'], ['*']))
    // Rules of EventBridge publish, too; SNS knows no conditions for them.
    const rules = { principals: [new ServicePrincipal('events.amazonaws.com')], resources: ['*'] }
    masterKey.addToResourcePolicy(
      new PolicyStatement({ ...rules, actions: ['kms:Decrypt', 'kms:GenerateDataKey*'] }),
    )
    this.topic.addToResourcePolicy(allow(['sns:Publish'], [this.topic.topicArn]))
    if (email !== undefined) this.topic.addSubscription(new EmailSubscription(email))
  }
}
