import { Fn, Names, Stack, Validations } from 'aws-cdk-lib'
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager'
import {
  AccessLevel,
  AllowedMethods,
  type BehaviorOptions,
  CachePolicy,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HttpVersion,
  type IResponseHeadersPolicyRef,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  OriginSslPolicy,
  PriceClass,
  S3OriginAccessControl,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront'
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins'
import { Construct } from 'constructs'
import { mcpPath } from '../../contract/mcp.ts'
import { pagePath } from '../../contract/page-paths.ts'
import type { Config } from '../config.ts'
import type { PageBucket } from './page-bucket.ts'

export interface PageDistributionProps {
  readonly config: Config
  readonly bucket: PageBucket
  /** URL of the API, without a path. */
  readonly apiUrl: string
  readonly headers: IResponseHeadersPolicyRef
}

/** Serves the page and the API from one origin, so that the page needs no CORS to call the API. */
export class PageDistribution extends Construct {
  readonly distribution: Distribution

  constructor(scope: Construct, id: string, props: PageDistributionProps) {
    super(scope, id)
    this.distribution = new Distribution(this, 'Distribution', {
      defaultBehavior: this.files(props),
      additionalBehaviors: this.calls(props),
      ...ownName(this, props.config),
      httpVersion: HttpVersion.HTTP2_AND_3,
      // All but South America, Australia and New Zealand have an edge nearby.
      priceClass: PriceClass.PRICE_CLASS_200,
    })
    this.acknowledge(props.config)
  }

  private files({ bucket, headers }: PageDistributionProps): BehaviorOptions {
    const function_ = new EdgeFunction(this, 'PagePaths', {
      runtime: FunctionRuntime.JS_2_0,
      code: FunctionCode.fromInline(pagePathsSource),
      comment: 'Shows the page on all of its paths',
    })
    // With the permission to list, a missing file is a 404. Without it, S3 returns 403.
    const originAccessLevels = [AccessLevel.READ, AccessLevel.LIST]
    const originAccessControl = new S3OriginAccessControl(this, 'Access', {
      // Such names are unique in an account, not in a Region, and have at most 64 characters. A Region's name has up to 14.
      originAccessControlName: `${Names.uniqueResourceName(this, { maxLength: 48 })}-${Stack.of(this).region}`,
    })
    return {
      origin: S3BucketOrigin.withOriginAccessControl(bucket.files, {
        originAccessControl,
        originAccessLevels,
      }),
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      allowedMethods: AllowedMethods.ALLOW_GET_HEAD,
      cachePolicy: CachePolicy.CACHING_OPTIMIZED,
      compress: true,
      responseHeadersPolicy: headers,
      functionAssociations: [{ function: function_, eventType: FunctionEventType.VIEWER_REQUEST }],
    }
  }

  /** The API, and the door of agents, which must know the host that they have called. */
  private calls(props: PageDistributionProps): Record<string, BehaviorOptions> {
    const function_ = new EdgeFunction(this, 'CalledHost', {
      runtime: FunctionRuntime.JS_2_0,
      code: FunctionCode.fromInline(calledHostSource),
      comment: 'Passes on the host that agents have called',
    })
    const functionAssociations = [{ function: function_, eventType: FunctionEventType.VIEWER_REQUEST }]
    const calls = api(props)
    const agents = { ...calls, functionAssociations }
    return { '/v1/*': calls, [mcpPath]: agents, '/.well-known/oauth-protected-resource*': agents }
  }

  private acknowledge({ domain }: Config): void {
    const validations = Validations.of(this.distribution)
    validations.acknowledge(
      { id: 'AwsSolutions-CFR1', reason: 'Customers are in every country in which the APIs are sold.' },
      {
        id: 'AwsSolutions-CFR2',
        reason:
          'The files are static and public, and API Gateway limits the rates of the API, also for those who call it without the page.',
      },
    )
    validations.acknowledge({
      id: 'AwsSolutions-CFR3',
      reason: 'Access is logged, by a delivery of CloudWatch: the rule only knows the older way.',
    })
    if (domain !== undefined) return
    validations.acknowledge({
      id: 'AwsSolutions-CFR4',
      reason:
        "CloudFront's own host name has CloudFront's own certificate and policy. A domain of one's own takes TLS 1.2.",
    })
  }
}

/** All paths of the page return its one document. Every other path is a file, or does not exist. */
export const pagePathsSource = `function handler(event) {
  var request = event.request
  if (${pagePath}.test(request.uri)) request.uri = '/index.html'
  return request
}
`

/** The origin gets its own host, so the one that the agent has called goes into another header, also where an agent has sent that. */
export const calledHostSource = `function handler(event) {
  var request = event.request
  request.headers['x-forwarded-host'] = { value: request.headers.host.value }
  return request
}
`

/** Nothing is cached, every header but the host is forwarded, and errors stay as the API wrote them. */
function api({ apiUrl, headers }: PageDistributionProps): BehaviorOptions {
  return {
    origin: new HttpOrigin(Fn.select(2, Fn.split('/', apiUrl)), {
      protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
      originSslProtocols: [OriginSslPolicy.TLS_V1_2],
    }),
    // A token that was sent in clear text is compromised: the request is refused, not redirected.
    viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
    allowedMethods: AllowedMethods.ALLOW_ALL,
    cachePolicy: CachePolicy.CACHING_DISABLED,
    originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
    responseHeadersPolicy: headers,
  }
}

function ownName(scope: Construct, { domain, certificateArn }: Config) {
  if (domain === undefined || certificateArn === undefined) return {}
  return {
    domainNames: [domain],
    certificate: Certificate.fromCertificateArn(scope, 'Certificate', certificateArn),
    minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
  }
}
