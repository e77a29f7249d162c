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
  /** Where CloudFront serves the page, without a trailing slash. */
  readonly origins: readonly string[]
  /** Log group of the function that makes the call. */
  readonly logGroup: ILogGroup
}

/**
 * Tells the page's client where people come back to. CloudFront chooses that address when it is made, which is after the
 * API, which is after the client whose tokens it accepts; so the client hears of it last. The call carries all of the
 * client's settings, because Cognito forgets those that are left out; it is made again whenever one of them changes.
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
        // The answer is not needed, and says nothing that must be kept.
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
