import { CfnOutput, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib'
import { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { Secret } from 'aws-cdk-lib/aws-secretsmanager'
import { Construct } from 'constructs'
import { envNames } from '../../lambdas/runtime/env.ts'
import { CustomerKey } from './customer-key.ts'
import type { Handler } from './handler.ts'

const keyChars = 64

export interface SigningKeysProps {
  /** Whether the keys outlive their stack. */
  readonly isProtected: boolean
}

/**
 * The keys that webhooks' secrets are derived from, as JSON: number → key. The first is made by Secrets Manager and seen
 * by nobody; another one is added beside it, never in its place.
 */
export class SigningKeys extends Construct {
  private readonly secret: Secret

  constructor(scope: Construct, id: string, { isProtected }: SigningKeysProps) {
    super(scope, id)
    this.secret = new Secret(this, 'Secret', {
      description: 'Tollgate: keys that the secrets of webhooks are derived from',
      encryptionKey: CustomerKey.of(this)?.key,
      generateSecretString: {
        secretStringTemplate: '{}',
        generateStringKey: '1',
        passwordLength: keyChars,
        excludePunctuation: true,
      },
      // Without it, no webhook could be signed so that its receiver accepts it.
      removalPolicy: isProtected ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    })
    new CfnOutput(Stack.of(this), `${id}Arn`, { value: this.secret.secretArn })
    Validations.of(this.secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason:
        'A new key changes the secrets of webhooks, which receivers must take over: operators add one, no timer.',
    })
  }

  /** The secret's ARN in the environment and the permission to read it: never one without the other. */
  grantRead({ lambda }: Handler): void {
    const { secretArn } = this.secret
    lambda.addEnvironment(envNames.signingKeys, secretArn)
    const actions = ['secretsmanager:GetSecretValue']
    lambda.addToRolePolicy(new PolicyStatement({ actions, resources: [secretArn] }))
    CustomerKey.of(this)?.grantThrough('secretsmanager', lambda)
  }
}
