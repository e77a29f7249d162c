import { RemovalPolicy, Stack } from 'aws-cdk-lib'
import { Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Key } from 'aws-cdk-lib/aws-kms'
import { Topic } from 'aws-cdk-lib/aws-sns'
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions'
import { Construct } from 'constructs'

/** The topic of the alarms: encrypted, over TLS only, and with an e-mail subscription if an address is given. */
export class AlarmTopic extends Construct {
  readonly topic: Topic

  constructor(scope: Construct, id: string, { email }: { readonly email?: string | undefined }) {
    super(scope, id)
    // Alarms cannot use the default key of SNS, because its policy allows no service.
    const masterKey = new Key(this, 'Key', { enableKeyRotation: true, removalPolicy: RemovalPolicy.DESTROY })
    this.topic = new Topic(this, 'Topic', { masterKey, enforceSSL: true })
    const principals = [new ServicePrincipal('cloudwatch.amazonaws.com')]
    const conditions = { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } }
    const allow = (actions: string[], resources: string[]) =>
      new PolicyStatement({ effect: Effect.ALLOW, principals, actions, resources, conditions })
    masterKey.addToResourcePolicy(allow(['kms:Decrypt', 'kms:GenerateDataKey*'], ['*']))
    // Rules of EventBridge publish, too. Their policy statement has no condition, because SNS supports none for them.
    const rules = { principals: [new ServicePrincipal('events.amazonaws.com')], resources: ['*'] }
    masterKey.addToResourcePolicy(
      new PolicyStatement({ ...rules, actions: ['kms:Decrypt', 'kms:GenerateDataKey*'] }),
    )
    this.topic.addToResourcePolicy(allow(['sns:Publish'], [this.topic.topicArn]))
    if (email !== undefined) this.topic.addSubscription(new EmailSubscription(email))
  }
}
