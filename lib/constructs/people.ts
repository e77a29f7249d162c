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
  /** Says in tokens which team somebody belongs to. */
  readonly addTeam: Handler
}

/**
 * Everybody who can sign in, and the page where they do. Anyone may sign up with an address that they can read: who is no
 * member of a team sees nothing (ADR 013).
 */
export class People extends Construct {
  readonly userPool: UserPool
  readonly domain: UserPoolDomain

  constructor(scope: Construct, id: string, { config, addTeam }: PeopleProps) {
    super(scope, id)
    this.userPool = new UserPool(this, 'Pool', {
      signInAliases: { email: true },
      signInCaseSensitive: false,
      selfSignUpEnabled: true,
      autoVerify: { email: true },
      standardAttributes: { email: { required: true, mutable: true } },
      // A new address counts only when it was verified, or somebody could take over another person's membership.
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
    // AWS alone puts people into a group: nobody can sign up as an operator.
    new CfnUserPoolGroup(this, 'Operators', {
      userPoolId: this.userPool.userPoolId,
      groupName: operatorsGroup,
      description: 'People who operate Tollgate: their tokens have the scope ops/admin',
    })
    this.sendThrough(mailIdentityArn(this, config))
    this.userPool.addTrigger(
      UserPoolOperation.PRE_TOKEN_GENERATION_CONFIG,
      addTeam.lambda,
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

  /** Names the identity of SES itself: the CDK's own property knows the address's domain, and no domain above it. */
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
  // Stolen passwords and strange sign-ins are noticed and stopped.
  featurePlan: FeaturePlan.PLUS,
  standardThreatProtectionMode: StandardThreatProtectionMode.FULL_FUNCTION,
}

/** Without an address of its own, Cognito sends up to 50 mails a day itself. */
function mailOf({ mailFrom }: Config): UserPoolEmail {
  if (mailFrom === undefined) return UserPoolEmail.withCognito()
  return UserPoolEmail.withSES({ fromEmail: mailFrom, fromName: 'Tollgate', sesRegion: Aws.REGION })
}
