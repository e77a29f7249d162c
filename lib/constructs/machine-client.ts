import { Duration } from 'aws-cdk-lib'
import { type IUserPool, OAuthScope, UserPoolClient } from 'aws-cdk-lib/aws-cognito'
import { Construct } from 'constructs'

export interface MachineClientProps {
  readonly userPool: IUserPool
  /** The only scope that it may request, in Cognito's form. */
  readonly scope: string
  readonly tokenHours: number
}

/** A client that signs in with its own secret. The secret stays in Cognito: no output and no setting contains it. */
export class MachineClient extends Construct {
  readonly clientId: string

  constructor(scope: Construct, id: string, props: MachineClientProps) {
    super(scope, id)
    const client = new UserPoolClient(this, 'Client', {
      userPool: props.userPool,
      generateSecret: true,
      // Passwords of people do not apply here.
      authFlows: { userPassword: false },
      oAuth: { flows: { clientCredentials: true }, scopes: [OAuthScope.custom(props.scope)] },
      accessTokenValidity: Duration.hours(props.tokenHours),
      enableTokenRevocation: true,
      preventUserExistenceErrors: true,
    })
    this.clientId = client.userPoolClientId
  }
}
