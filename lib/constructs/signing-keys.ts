import { CfnOutput, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib'
import { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { Secret } from 'aws-cdk-lib/aws-secretsmanager'
import { Construct } from 'constructs'
import { envNames } from '../../lambdas/runtime/env.ts'
import { CustomerKey } from './customer-key.ts'
import type { Handler } from './handler.ts'

const keyChars = 64

export interface SigningKeysProps {
  /** True: the keys outlive their stack. */
  readonly isProtected: boolean
}

/**
 * The keys from which webhook secrets are derived, as JSON: number → key. Secrets Manager generates the first one, and
 * nobody sees it. An operator adds another key next to it and never replaces one.
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
      // Without the keys, no webhook could be signed with a signature that its receiver accepts.
      removalPolicy: isProtected ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    })
    new CfnOutput(Stack.of(this), `${id}Arn`, { value: this.secret.secretArn })
    Validations.of(this.secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason:
        'A new key changes the secrets of webhooks, which receivers must take over: operators add one, no timer.',
    })
  }

  /** Sets the secret's ARN in the environment and grants permission to read it. */
  grantRead({ lambda }: Handler): void {
    const { secretArn } = this.secret
    lambda.addEnvironment(envNames.signingKeys, secretArn)
    const actions = ['secretsmanager:GetSecretValue']
    lambda.addToRolePolicy(new PolicyStatement({ actions, resources: [secretArn] }))
    CustomerKey.of(this)?.grantThrough('secretsmanager', lambda)
  }
}
