import { CfnResource } from 'aws-cdk-lib'
import type { IUserPool } from 'aws-cdk-lib/aws-cognito'
import { Construct } from 'constructs'
import { signedInPath, signedOutPath } from '../authority.ts'

/** The scopes that the page requests. The role of a person decides which of them the person can use. */
export const pageScopes = ['openid', 'email', 'hub/read', 'hub/write']

const accessMinutes = 15
const sessionMinutes = 12 * 60

/**
 * All settings of the page's client, under the names that both CloudFormation and Cognito's own API use. It is a public
 * client: it has only the code flow, in which Cognito accepts a code only with the verifier of its challenge. A person
 * who leaves a team has tokens for at most 15 more minutes. After a working day everybody signs in again.
 */
export function pageSignInSettings(origins: readonly string[]) {
  return {
    AllowedOAuthFlowsUserPoolClient: true,
    AllowedOAuthFlows: ['code'],
    AllowedOAuthScopes: pageScopes,
    CallbackURLs: origins.map((origin) => `${origin}${signedInPath}`),
    LogoutURLs: origins.map((origin) => `${origin}${signedOutPath}`),
    SupportedIdentityProviders: ['COGNITO'],
    ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
    PreventUserExistenceErrors: 'ENABLED',
    EnableTokenRevocation: true,
    AccessTokenValidity: accessMinutes,
    IdTokenValidity: accessMinutes,
    RefreshTokenValidity: sessionMinutes,
    TokenValidityUnits: { AccessToken: 'minutes', IdToken: 'minutes', RefreshToken: 'minutes' },
  }
}

export interface PageSignInProps {
  readonly userPool: IUserPool
  /** Origins of the page, without trailing slashes. */
  readonly origins: readonly string[]
}

/** The developer hub page as a client of the user pool. */
export class PageSignIn extends Construct {
  readonly clientId: string

  constructor(scope: Construct, id: string, { userPool, origins }: PageSignInProps) {
    super(scope, id)
    const client = new CfnResource(this, 'Client', {
      type: 'AWS::Cognito::UserPoolClient',
      properties: {
        UserPoolId: userPool.userPoolId,
        GenerateSecret: false,
        ...pageSignInSettings(origins),
      },
    })
    this.clientId = client.ref
  }
}
