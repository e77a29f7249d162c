import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib'
import { Effect, type IGrantable, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Key } from 'aws-cdk-lib/aws-kms'
import { Construct, type IConstruct } from 'constructs'

/** Actions on the key that a user of each encrypted service needs. */
const needed = {
  // From DynamoDB's documentation, for users of a table. DynamoDB calls KMS at most every five minutes.
  dynamodb: [
    'Encrypt',
    'Decrypt',
    'ReEncryptFrom',
    'ReEncryptTo',
    'GenerateDataKey',
    'GenerateDataKeyWithoutPlaintext',
    'DescribeKey',
  ],
  secretsmanager: ['Decrypt'],
  // A sender encrypts, and verifies the result.
  sqs: ['GenerateDataKey', 'Decrypt'],
  s3: ['GenerateDataKey', 'Decrypt'],
} as const

const keys = new WeakMap<IConstruct, CustomerKey>()

/**
 * The one encryption key that belongs to the customer. It rotates each year. If the customer revokes its use, all stored
 * data becomes unreadable. The key belongs to its application, so a construct finds it there, as it finds its stack, or
 * finds none.
 */
export class CustomerKey extends Construct {
  readonly key: Key

  constructor(scope: Construct, id: string, { isProtected }: { readonly isProtected: boolean }) {
    super(scope, id)
    this.key = new Key(this, 'Key', {
      description: 'Tollgate: table, signing keys, archive and dead letters',
      enableKeyRotation: true,
      pendingWindow: Duration.days(30),
      removalPolicy: isProtected ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    })
    this.letRulesKeep()
    keys.set(this.node.root, this)
  }

  /** Returns the key of the application that contains a construct. Undefined: keys of AWS encrypt. */
  static of(scope: IConstruct): CustomerKey | undefined {
    return keys.get(scope.node.root)
  }

  /** Allows a role to use the key through one service only. */
  grantThrough(service: keyof typeof needed, grantee: IGrantable): void {
    this.allow(needed[service], service, grantee)
  }

  /** Allows a role to read with the key through one service only. */
  grantReadThrough(service: keyof typeof needed, grantee: IGrantable): void {
    this.allow(['Decrypt'], service, grantee)
  }

  private allow(actions: readonly string[], service: keyof typeof needed, grantee: IGrantable): void {
    const { region, urlSuffix } = Stack.of(this)
    grantee.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({
        actions: actions.map((action) => `kms:${action}`),
        resources: [this.key.keyArn],
        conditions: { StringEquals: { 'kms:ViaService': `${service}.${region}.${urlSuffix}` } },
      }),
    )
  }

  /** A rule has no role: EventBridge itself puts undelivered events into the encrypted queue. */
  private letRulesKeep(): void {
    this.key.addToResourcePolicy(
      new PolicyStatement({
        effect: Effect.ALLOW,
        principals: [new ServicePrincipal('events.amazonaws.com')],
        actions: ['kms:GenerateDataKey', 'kms:Decrypt'],
        resources: ['*'],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    )
  }
}
