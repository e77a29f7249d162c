import { Names, Stack } from 'aws-cdk-lib'
import { CfnResponseHeadersPolicy, type IResponseHeadersPolicyRef } from 'aws-cdk-lib/aws-cloudfront'
import { Construct } from 'constructs'
import { type PageSurroundings, securityHeaders } from '../../contract/security-headers.ts'

/** The page's security headers in CloudFront's form: some have a dedicated field, the others are set by name. */
export class PageHeaders extends Construct {
  readonly policy: IResponseHeadersPolicyRef

  constructor(scope: Construct, id: string, surroundings: PageSurroundings) {
    super(scope, id)
    const {
      'content-security-policy': contentSecurityPolicy = '',
      'referrer-policy': referrerPolicy = '',
      'strict-transport-security': transport = '',
      'x-content-type-options': _,
      'x-frame-options': frameOption = '',
      ...others
    } = securityHeaders(surroundings)
    const override = true
    this.policy = new CfnResponseHeadersPolicy(this, 'Policy', {
      responseHeadersPolicyConfig: {
        // Such names are unique in an account, not in a Region.
        name: `${Names.uniqueResourceName(this, { maxLength: 80 })}-${Stack.of(this).region}`,
        securityHeadersConfig: {
          contentSecurityPolicy: { contentSecurityPolicy, override },
          contentTypeOptions: { override },
          frameOptions: { frameOption, override },
          referrerPolicy: { referrerPolicy, override },
          strictTransportSecurity: { ...transportOf(transport), override },
        },
        customHeadersConfig: {
          items: Object.entries(others).map(([header, value]) => ({ header, value, override })),
        },
      },
    })
  }
}

function transportOf(header: string) {
  return {
    accessControlMaxAgeSec: Number(/max-age=(\d+)/.exec(header)?.[1]),
    includeSubdomains: header.includes('includeSubDomains'),
  }
}
