import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib'
import { Effect, type IGrantable, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Key } from 'aws-cdk-lib/aws-kms'
import { Construct, type IConstruct } from 'constructs'

/** A service that keeps something encrypted with the key, and what whoever uses it there must be allowed. */
const needed = {
  // What DynamoDB's documentation asks of whoever uses a table; it asks KMS anew every five minutes at most.
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
  // To send is to encrypt, and to look whether that went well.
  sqs: ['GenerateDataKey', 'Decrypt'],
  s3: ['GenerateDataKey', 'Decrypt'],
} as const

const keys = new WeakMap<IConstruct, CustomerKey>()

/**
 * The one key of a deployment that is the customer's own: it rotates each year, and whoever takes its use away takes all that
 * is kept away. It belongs to its application, so whatever keeps something finds it there, or none, as it finds its stack.
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

  /** The key of the application that a construct is in; undefined where AWS's own keys encrypt. */
  static of(scope: IConstruct): CustomerKey | undefined {
    return keys.get(scope.node.root)
  }

  /** Lets a role use the key through one service, and in no other way. */
  grantThrough(service: keyof typeof needed, grantee: IGrantable): void {
    this.allow(needed[service], service, grantee)
  }

  /** Lets a role read with the key through one service, and write nothing. */
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

  /** A rule has no role: what it cannot hand over, EventBridge itself puts into the encrypted queue. */
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
