import { Duration } from 'aws-cdk-lib'
import { type IUserPool, OAuthScope, UserPoolClient } from 'aws-cdk-lib/aws-cognito'
import { Construct } from 'constructs'

export interface MachineClientProps {
  readonly userPool: IUserPool
  /** The one scope that it may ask for, as Cognito writes it. */
  readonly scope: string
  readonly tokenHours: number
}

/** A client that signs in with its own secret. The secret stays in Cognito: no output and no setting has it. */
export class MachineClient extends Construct {
  readonly clientId: string

  constructor(scope: Construct, id: string, props: MachineClientProps) {
    super(scope, id)
    const client = new UserPoolClient(this, 'Client', {
      userPool: props.userPool,
      generateSecret: true,
      // Nobody's password is of any use here.
      authFlows: { userPassword: false },
      oAuth: { flows: { clientCredentials: true }, scopes: [OAuthScope.custom(props.scope)] },
      accessTokenValidity: Duration.hours(props.tokenHours),
      enableTokenRevocation: true,
      preventUserExistenceErrors: true,
    })
    this.clientId = client.userPoolClientId
  }
}
