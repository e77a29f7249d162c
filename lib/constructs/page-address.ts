import { Duration } from 'aws-cdk-lib'
import type { IUserPool } from 'aws-cdk-lib/aws-cognito'
import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam'
import type { ILogGroup } from 'aws-cdk-lib/aws-logs'
import { AwsCustomResource, AwsCustomResourcePolicy, PhysicalResourceId } from 'aws-cdk-lib/custom-resources'
import { Construct } from 'constructs'
import { acknowledgeLogging } from './page-files.ts'
import { pageSignInSettings } from './page-sign-in.ts'

export interface PageAddressProps {
  readonly userPool: IUserPool
  readonly clientId: string
  /** Origins of the page at CloudFront, without a trailing slash. */
  readonly origins: readonly string[]
  /** Log group of the function that makes the call. */
  readonly logGroup: ILogGroup
}

/**
 * Sets the return address in the page's client. CloudFront chooses that address when it is created, after the API, which
 * needs the client for its tokens. So a later call sets it. The call contains all settings of the client, because
 * Cognito resets omitted ones. It is repeated when one of them changes.
 */
export class PageAddress extends Construct {
  constructor(scope: Construct, id: string, { userPool, clientId, origins, logGroup }: PageAddressProps) {
    super(scope, id)
    const parameters = {
      UserPoolId: userPool.userPoolId,
      ClientId: clientId,
      ...pageSignInSettings(origins),
    }
    const call = new AwsCustomResource(this, 'Call', {
      resourceType: 'Custom::PageAddress',
      onUpdate: {
        service: 'cognito-identity-provider',
        action: 'UpdateUserPoolClient',
        parameters,
        physicalResourceId: PhysicalResourceId.of(clientId),
        // The answer is not used and contains nothing that must be stored.
        outputPaths: ['UserPoolClient.ClientId'],
      },
      policy: AwsCustomResourcePolicy.fromStatements([
        new PolicyStatement({
          actions: ['cognito-idp:UpdateUserPoolClient'],
          resources: [userPool.userPoolArn],
        }),
      ]),
      installLatestAwsSdk: false,
      timeout: Duration.minutes(1),
      logGroup,
    })
    acknowledgeLogging(call.grantPrincipal as Role)
  }
}
