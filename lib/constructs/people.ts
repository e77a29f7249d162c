import { Aws, Duration, RemovalPolicy, Validations } from 'aws-cdk-lib'
import {
  AccountRecovery,
  type CfnUserPool,
  CfnUserPoolGroup,
  FeaturePlan,
  LambdaVersion,
  ManagedLoginVersion,
  Mfa,
  StandardThreatProtectionMode,
  UserPool,
  type UserPoolDomain,
  UserPoolEmail,
  UserPoolOperation,
} from 'aws-cdk-lib/aws-cognito'
import { Construct } from 'constructs'
import { operatorsGroup } from '../../lambdas/runtime/env.ts'
import type { Config } from '../config.ts'
import type { Handler } from './handler.ts'
import { mailIdentityArn } from './mail.ts'

export interface PeopleProps {
  readonly config: Config
  /** Adds the address of a person to the tokens. */
  readonly addPerson: Handler
}

/**
 * All people who can sign in, and the sign-in page. Anyone may sign up with an address whose mail they can read. A
 * person without a team sees nothing (ADR 013).
 */
export class People extends Construct {
  readonly userPool: UserPool
  readonly domain: UserPoolDomain

  constructor(scope: Construct, id: string, { config, addPerson }: PeopleProps) {
    super(scope, id)
    this.userPool = new UserPool(this, 'Pool', {
      signInAliases: { email: true },
      signInCaseSensitive: false,
      selfSignUpEnabled: true,
      autoVerify: { email: true },
      standardAttributes: { email: { required: true, mutable: true } },
      // A new address is valid only after verification. Otherwise a person could take over another person's membership.
      keepOriginal: { email: true },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      userVerification: {
        emailSubject: 'Tollgate: 確認コード / verification code',
        emailBody: '確認コード: {####}<br>Your verification code is {####}',
      },
      email: mailOf(config),
      ...security,
      deletionProtection: config.isProtected,
      removalPolicy: config.isProtected ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    })
    // Only the AWS account adds people to a group: nobody can sign up as an operator.
    new CfnUserPoolGroup(this, 'Operators', {
      userPoolId: this.userPool.userPoolId,
      groupName: operatorsGroup,
      description: 'People who operate Tollgate: their tokens have the scope ops/admin',
    })
    this.sendThrough(mailIdentityArn(this, config))
    this.userPool.addTrigger(
      UserPoolOperation.PRE_TOKEN_GENERATION_CONFIG,
      addPerson.lambda,
      LambdaVersion.V2_0,
    )
    Validations.of(this.userPool).acknowledge({
      id: 'AwsSolutions-COG2',
      reason:
        'A second factor is offered to everybody. Demanding it is a decision of each team, which has its own people.',
    })
    this.domain = this.userPool.addDomain('SignIn', {
      cognitoDomain: { domainPrefix: config.signInPrefix ?? `tollgate-${config.stage}-${Aws.ACCOUNT_ID}` },
      managedLoginVersion: ManagedLoginVersion.NEWER_MANAGED_LOGIN,
    })
  }

  /** Sets the SES identity directly: the CDK's own property supports the address's domain, but no parent domain. */
  private sendThrough(identityArn: string | undefined): void {
    if (identityArn === undefined) return
    const pool = this.userPool.node.defaultChild as CfnUserPool
    pool.addPropertyOverride('EmailConfiguration.SourceArn', identityArn)
  }
}

const security = {
  passwordPolicy: {
    minLength: 12,
    requireLowercase: true,
    requireUppercase: true,
    requireDigits: true,
    requireSymbols: true,
    tempPasswordValidity: Duration.days(3),
  },
  mfa: Mfa.OPTIONAL,
  mfaSecondFactor: { otp: true, sms: false },
  // Cognito detects and blocks stolen passwords and unusual sign-ins.
  featurePlan: FeaturePlan.PLUS,
  standardThreatProtectionMode: StandardThreatProtectionMode.FULL_FUNCTION,
}

/** Without a configured sender, Cognito itself sends at most 50 mails a day. */
function mailOf({ mailFrom }: Config): UserPoolEmail {
  if (mailFrom === undefined) return UserPoolEmail.withCognito()
  return UserPoolEmail.withSES({ fromEmail: mailFrom, fromName: 'Tollgate', sesRegion: Aws.REGION })
}
