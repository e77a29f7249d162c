import { CfnOutput, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib'
import { CfnManagedLoginBranding } from 'aws-cdk-lib/aws-cognito'
import { LogGroup } from 'aws-cdk-lib/aws-logs'
import type { Construct } from 'constructs'
import type { Identity } from './authority.ts'
import type { Config } from './config.ts'
import { addEmptierLogs } from './constructs/emptier-logs.ts'
import { PageAddress } from './constructs/page-address.ts'
import { PageBucket } from './constructs/page-bucket.ts'
import { PageDistribution } from './constructs/page-distribution.ts'
import { PageFiles } from './constructs/page-files.ts'
import { PageHeaders } from './constructs/page-headers.ts'
import { PageLogs } from './constructs/page-logs.ts'

export interface SiteStackProps extends StackProps {
  readonly config: Config
  readonly identity: Identity
  /** URL of the API, without a path. */
  readonly apiUrl: string
  /** Folder with the built page. */
  readonly page: string
}

/** The developer hub page, served by CloudFront together with the API. */
export class SiteStack extends Stack {
  constructor(scope: Construct, id: string, props: SiteStackProps) {
    super(scope, id, props)
    const { config } = props
    const { authority, pageClient } = props.identity
    const { issuer } = authority
    const bucket = new PageBucket(this, 'Bucket', config)
    addEmptierLogs(this, config.logDays)
    const { policy } = new PageHeaders(this, 'Headers', {
      issuer,
      signIn: pageClient.signIn,
      isHttpsOnly: true,
    })
    const { distribution } = new PageDistribution(this, 'Page', { ...props, bucket, headers: policy })
    // One function of the CDK makes all calls of this stack during a deployment.
    const callLogs = new LogGroup(this, 'CallLogs', {
      retention: config.logDays,
      removalPolicy: RemovalPolicy.DESTROY,
    })
    new PageLogs(this, 'PageLogs', { distribution, bucket: bucket.logs, logGroup: callLogs })
    const { clientId, scopes, operatorScopes, signOut } = pageClient
    const { docsUrl, supportUrl, paymentPage } = config
    new PageFiles(this, 'Files', {
      folder: props.page,
      settings: {
        issuer,
        clientId,
        api: '',
        scopes,
        operatorScopes,
        timeMachine: false,
        signOut,
        docsUrl,
        supportUrl,
        paymentPage,
      },
      bucket: bucket.files,
      logDays: config.logDays,
    })
    const url = `https://${config.domain ?? distribution.distributionDomainName}`
    this.addSignIn(props, url, callLogs)
    new CfnOutput(this, 'PageUrl', { value: url })
    new CfnOutput(this, 'PageTarget', { value: distribution.distributionDomainName })
  }

  private addSignIn({ config, identity }: SiteStackProps, origin: string, logGroup: LogGroup): void {
    const { userPool, pageClient } = identity
    const { clientId } = pageClient
    if (userPool === undefined) return
    // Without one of these Cognito shows no sign-in page in any language.
    new CfnManagedLoginBranding(this, 'SignInLook', {
      userPoolId: userPool.userPoolId,
      clientId,
      useCognitoProvidedValues: true,
    })
    if (config.domain !== undefined) return
    new PageAddress(this, 'Address', { userPool, clientId, origins: [origin], logGroup })
  }
}
