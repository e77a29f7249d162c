import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { App } from 'aws-cdk-lib'
import { Match, Template } from 'aws-cdk-lib/assertions'
import { describe, expect, test } from 'vitest'
import { pagePath } from '../../contract/page-paths.ts'
import { securityHeaders } from '../../contract/security-headers.ts'
import { givenIdentity, signedInPath, signedOutPath } from '../../lib/authority.ts'
import { readConfig } from '../../lib/config.ts'
import { calledHostSource, pagePathsSource } from '../../lib/constructs/page-distribution.ts'
import { DataStack } from '../../lib/data-stack.ts'
import { IdentityStack } from '../../lib/identity-stack.ts'
import { SiteStack } from '../../lib/site-stack.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { makeBundles, makePage } from './synthesized.ts'

const issuer = 'https://idp.example.com/pool'
const domain = {
  domain: 'hub.example.com',
  certificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/a1',
}

interface Synthesized {
  readonly site: Template
  readonly pool?: Template
  /** Folder of the templates and the assets. */
  readonly folder: string
}

function synthesize(context: Record<string, string> = {}): Synthesized {
  const folder = temporaryFolder()
  const app = new App({ context, outdir: folder })
  const config = readConfig(app.node)
  const { table } = new DataStack(app, 'Data', { config })
  const identity =
    config.issuer === undefined
      ? new IdentityStack(app, 'Identity', { config, bundles: makeBundles(), table })
      : givenIdentity(config.issuer, config)
  const apiUrl = 'https://abc123.execute-api.eu-west-1.amazonaws.com'
  const site = new SiteStack(app, 'Site', { config, identity, apiUrl, page: makePage() })
  const pool = identity instanceof IdentityStack ? Template.fromStack(identity) : undefined
  return { site: Template.fromStack(site), pool, folder }
}
const { site: own, pool } = synthesize()
const { site: given, folder } = synthesize({ issuer, ...domain })

// biome-ignore lint/suspicious/noExplicitAny: properties of a template are looked into field by field
const propertiesOf = (template: Template, type: string): any[] =>
  Object.values(template.findResources(type)).map(({ Properties }) => Properties)
const distributionOf = (template: Template) =>
  propertiesOf(template, 'AWS::CloudFront::Distribution')[0].DistributionConfig

describe('the files', () => {
  test('are in buckets that nobody sees, encrypted, read by TLS only, and logged', () => {
    const buckets = propertiesOf(own, 'AWS::S3::Bucket')
    expect(buckets).toHaveLength(2)
    for (const bucket of buckets)
      expect(bucket).toMatchObject({
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        BucketEncryption: expect.anything(),
      })
    expect(buckets.filter((bucket) => bucket.LoggingConfiguration?.DestinationBucketName)).toHaveLength(1)
    for (const { PolicyDocument } of propertiesOf(own, 'AWS::S3::BucketPolicy'))
      expect(PolicyDocument.Statement).toContainEqual(
        expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
      )
  })

  test('are read by this distribution, with origin access control, and by nobody else from outside', () => {
    own.resourceCountIs('AWS::CloudFront::OriginAccessControl', 1)
    const statements = propertiesOf(own, 'AWS::S3::BucketPolicy').flatMap(
      ({ PolicyDocument }) => PolicyDocument.Statement,
    )
    const outside = statements.filter(
      ({ Effect, Principal }) => Effect === 'Allow' && Principal.AWS === undefined,
    )
    expect(outside.map(({ Action, Principal }) => [Action, Principal.Service])).toEqual([
      ['s3:PutObject', 'delivery.logs.amazonaws.com'],
      [['s3:GetObject', 's3:ListBucket'], 'cloudfront.amazonaws.com'],
    ])
    const [, reader] = outside
    expect(JSON.stringify(reader?.Condition)).toMatch(/AWS:SourceArn.*distribution\//)
    expect(distributionOf(own).Origins[0]).toMatchObject({
      S3OriginConfig: { OriginAccessIdentity: '' },
      OriginAccessControlId: expect.anything(),
    })
  })

  test('with a hash in their name stay for a year, the others are asked for each time', () => {
    const deployments = propertiesOf(own, 'Custom::CDKBucketDeployment')
    expect(deployments).toMatchObject([
      {
        SystemMetadata: { 'cache-control': 'public, max-age=31536000, immutable' },
        Exclude: ['*'],
        Include: ['assets/*'],
        Prune: false,
      },
      {
        SystemMetadata: { 'cache-control': 'no-cache' },
        Exclude: ['assets/*'],
        Prune: false,
      },
    ])
  })

  test('are the built page and what it reads of its surroundings, and nothing of how it was built', () => {
    const assets = readdirSync(folder).filter((name) => /^asset\.\w+$/.test(name))
    const listed = assets.map((name) => readdirSync(join(folder, name)).toSorted())
    expect(listed).toContainEqual(['assets', 'index.html'])
    const settings = assets.find((_, index) => listed[index]?.[0] === 'config.json') ?? ''
    const expected = {
      issuer,
      clientId: 'tollgate-hub',
      api: '',
      scopes: ['openid', 'hub:read', 'hub:write'],
      operatorScopes: ['openid', 'hub:read', 'hub:write', 'ops:admin'],
      timeMachine: false,
    }
    expect(JSON.parse(readFileSync(join(folder, settings, 'config.json'), 'utf8'))).toEqual(expected)
  })

  test('are there before the document that names them', () => {
    const deployments = Object.entries(own.findResources('Custom::CDKBucketDeployment'))
    const [assets] = deployments.find(([id]) => id.startsWith('FilesAssets')) ?? []
    const [, document] = deployments.find(([id]) => id.startsWith('FilesDocument')) ?? []
    expect(document?.DependsOn).toContainEqual(assets)
  })
})

describe('the distribution', () => {
  test('speaks HTTP/3 and HTTPS only, and compresses files', () => {
    const { HttpVersion, DefaultCacheBehavior } = distributionOf(own)
    expect(HttpVersion).toBe('http2and3')
    expect(DefaultCacheBehavior).toMatchObject({
      Compress: true,
      ViewerProtocolPolicy: 'redirect-to-https',
      AllowedMethods: ['GET', 'HEAD'],
    })
  })

  test('with a domain of its own takes TLS 1.2 at least, and is the page of that name', () => {
    expect(distributionOf(given)).toMatchObject({
      Aliases: ['hub.example.com'],
      ViewerCertificate: {
        AcmCertificateArn: domain.certificateArn,
        MinimumProtocolVersion: 'TLSv1.2_2021',
        SslSupportMethod: 'sni-only',
      },
    })
    given.hasOutput('PageUrl', { Value: 'https://hub.example.com' })
  })

  test('hands calls to the API as they are but for the host, caches none, and never in the clear', () => {
    const { CacheBehaviors, Origins, CustomErrorResponses } = distributionOf(own)
    const paths = CacheBehaviors.map((behavior: { PathPattern: string }) => behavior.PathPattern)
    expect(paths).toEqual(['/v1/*', '/mcp', '/.well-known/oauth-protected-resource*'])
    const same = {
      AllowedMethods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'],
      // AWS's own policies: CachingDisabled, AllViewerExceptHostHeader.
      CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
      OriginRequestPolicyId: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
      ViewerProtocolPolicy: 'https-only',
    }
    for (const behavior of CacheBehaviors) {
      expect(behavior).toMatchObject(same)
      expect(behavior.TargetOriginId).toBe(CacheBehaviors[0].TargetOriginId)
    }
    expect(CacheBehaviors[0].FunctionAssociations).toBeUndefined()
    const api = Origins.find((origin: { Id: string }) => origin.Id === CacheBehaviors[0].TargetOriginId)
    expect(api).toMatchObject({
      DomainName: 'abc123.execute-api.eu-west-1.amazonaws.com',
      CustomOriginConfig: { OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'] },
    })
    // A 404 of the API is a problem document, and stays one.
    expect(CustomErrorResponses).toBeUndefined()
  })

  test('gives files and answers every header of the table, whatever the origin says', () => {
    const [policy] = propertiesOf(given, 'AWS::CloudFront::ResponseHeadersPolicy')
    const { SecurityHeadersConfig: fields, CustomHeadersConfig } = policy.ResponseHeadersPolicyConfig
    const { ContentSecurityPolicy, FrameOptions, ReferrerPolicy, StrictTransportSecurity } = fields
    const { AccessControlMaxAgeSec, IncludeSubdomains } = StrictTransportSecurity
    const custom: { Header: string; Value: string; Override: boolean }[] = CustomHeadersConfig.Items
    const told = {
      'content-security-policy': ContentSecurityPolicy.ContentSecurityPolicy,
      'referrer-policy': ReferrerPolicy.ReferrerPolicy,
      'strict-transport-security': `max-age=${AccessControlMaxAgeSec}${IncludeSubdomains ? '; includeSubDomains' : ''}`,
      'x-content-type-options': 'nosniff',
      'x-frame-options': FrameOptions.FrameOption,
      ...Object.fromEntries(custom.map(({ Header, Value }) => [Header, Value])),
    }
    expect(told).toEqual(securityHeaders({ issuer, isHttpsOnly: true }))
    for (const { Override } of [...Object.values<{ Override: boolean }>(fields), ...custom])
      expect(Override).toBe(true)
    const { DefaultCacheBehavior, CacheBehaviors } = distributionOf(given)
    for (const behavior of [DefaultCacheBehavior, ...CacheBehaviors])
      expect(behavior.ResponseHeadersPolicyId).toBeDefined()
  })

  test('lets the page ask Cognito where there is a user pool', () => {
    const policy = JSON.stringify(propertiesOf(own, 'AWS::CloudFront::ResponseHeadersPolicy'))
    expect(policy).toMatch(/connect-src 'self' https:\/\/cognito-idp\..*\.amazoncognito\.com; base-uri/)
    expect(policy).not.toContain('unsafe')
  })
})

describe('the access log', () => {
  /** The request of the CDK's function, by the verb of its event; parts that only AWS knows are `…`. */
  const call = (type: string, event: 'Create' | 'Update' | 'Delete') => {
    const [found] = propertiesOf(own, `Custom::PageLogs${type}`)
    const parts: unknown[] = found[event]?.['Fn::Join']?.[1] ?? [found[event]]
    return JSON.parse(parts.map((part) => (typeof part === 'string' ? part : '…')).join(''))
  }

  test('is not brought the older way, which reaches no Region that an account must opt in to', () => {
    expect(distributionOf(own).Logging).toBeUndefined()
    for (const bucket of propertiesOf(own, 'AWS::S3::Bucket'))
      expect(bucket.OwnershipControls?.Rules).not.toEqual([{ ObjectOwnership: 'BucketOwnerPreferred' }])
  })

  test('is set up in us-east-1, where CloudWatch takes such calls, and taken down with the stack', () => {
    for (const [type, put, remove] of [
      ['Source', 'PutDeliverySource', 'DeleteDeliverySource'],
      ['Destination', 'PutDeliveryDestination', 'DeleteDeliveryDestination'],
      ['Delivery', 'CreateDelivery', 'DeleteDelivery'],
    ] as const) {
      const common = { service: 'cloudwatch-logs', region: 'us-east-1' }
      expect(call(type, 'Create')).toMatchObject({ ...common, action: put })
      expect(call(type, 'Delete')).toMatchObject({ ...common, action: remove })
    }
    expect(call('Source', 'Update').parameters).toMatchObject({ logType: 'ACCESS_LOGS' })
    expect(call('Destination', 'Update').parameters.outputFormat).toBe('json')
  })

  test('is delivered once source, destination and the right to write are there', () => {
    const [delivery] = Object.values(own.findResources('Custom::PageLogsDelivery'))
    const needed = [
      ...Object.keys(own.findResources('Custom::PageLogsSource')),
      ...Object.keys(own.findResources('Custom::PageLogsDestination')),
      ...Object.keys(own.findResources('AWS::S3::BucketPolicy')).filter((id) => id.includes('Logs')),
    ]
    expect(needed).toHaveLength(3)
    expect(delivery?.DependsOn).toEqual(expect.arrayContaining(needed))
  })

  test('is named by stage and Region, so that two Regions may hold the same stage', () => {
    const sent: unknown[] = propertiesOf(own, 'Custom::PageLogsSource')[0].Update['Fn::Join'][1]
    const named = sent.findIndex((part) => String(part).endsWith('"name":"Site-'))
    expect(sent[named + 1]).toEqual({ Ref: 'AWS::Region' })
    const [{ OriginAccessControlConfig }] = propertiesOf(own, 'AWS::CloudFront::OriginAccessControl')
    const [prefix, region] = OriginAccessControlConfig.Name['Fn::Join'][1]
    expect(region).toEqual({ Ref: 'AWS::Region' })
    expect(`${prefix}ap-southeast-1`.length).toBeLessThanOrEqual(64)
  })

  test('is written by CloudWatch for that source alone', () => {
    const policies = JSON.stringify(propertiesOf(own, 'AWS::S3::BucketPolicy'))
    expect(policies).toMatch(
      /"aws:SourceArn":.*":logs:us-east-1:".*":delivery-source:Site-",\{"Ref":"AWS::Region"\}/,
    )
    expect(policies).toContain('"s3:x-amz-acl":"bucket-owner-full-control"')
  })
})

describe('the function at the edge', () => {
  const handler = new Function(`${pagePathsSource}; return handler`)()
  const seen = (uri: string) => handler({ request: { uri } }).uri

  test('is deployed as it is tested, in front of files only', () => {
    expect(propertiesOf(own, 'AWS::CloudFront::Function')).toMatchObject([
      { FunctionCode: pagePathsSource, AutoPublish: true, FunctionConfig: { Runtime: 'cloudfront-js-2.0' } },
      { FunctionCode: calledHostSource, AutoPublish: true, FunctionConfig: { Runtime: 'cloudfront-js-2.0' } },
    ])
    expect(distributionOf(own).DefaultCacheBehavior.FunctionAssociations).toHaveLength(1)
  })

  test('agents see the host that they have called, also where they send another name for it', () => {
    const passOn = new Function(`${calledHostSource}; return handler`)()
    const headers = { host: { value: 'hub.example.com' }, 'x-forwarded-host': { value: 'elsewhere.example' } }
    expect(passOn({ request: { headers } }).headers['x-forwarded-host']).toEqual({ value: 'hub.example.com' })
  })

  test.each([
    '/',
    '/teams/acme/overview',
    '/teams/a.b/usage',
    '/signed-in',
    '/signed-out',
    '/invitations',
    '/ops',
    '/ops/teams',
  ])('%s shows the page', (path) => expect(seen(path)).toBe('/index.html'))

  test.each(['/assets/a-1.js', '/config.json', '/favicon.svg', '/nothing', '/v1/teams/acme', '/signed-in/x'])(
    '%s is a file, or nothing',
    (path) => expect(seen(path)).toBe(path),
  )
})

describe('the sign-in', () => {
  test('without a domain, the client gets the address at which CloudFront serves the page, and keeps all else', () => {
    const [call] = propertiesOf(own, 'Custom::PageAddress')
    expect(call.Create).toEqual(call.Update)
    const text = call.Update['Fn::Join'][1].map((part: unknown) => (typeof part === 'string' ? part : '…'))
    const { UserPoolId: _, ClientId, ...told } = JSON.parse(text.join('')).parameters
    const clients = propertiesOf(pool ?? own, 'AWS::Cognito::UserPoolClient')
    const [client] = clients.filter(({ GenerateSecret }) => GenerateSecret === false)
    const { UserPoolId, GenerateSecret, ...made } = client
    expect(told).toEqual({
      ...made,
      CallbackURLs: ['https://…/signed-in'],
      LogoutURLs: ['https://…/signed-out'],
    })
  })

  test('with a domain or another issuer, no client needs the address of the page', () => {
    for (const template of [given, synthesize(domain).site])
      template.resourceCountIs('Custom::PageAddress', 0)
    given.resourceCountIs('AWS::Cognito::ManagedLoginBranding', 0)
  })

  test('the function that tells it may change clients of this pool, and nothing else', () => {
    own.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: [
          {
            Action: 'cognito-idp:UpdateUserPoolClient',
            Effect: 'Allow',
            Resource: { 'Fn::ImportValue': Match.stringLikeRegexp('Pool.*Arn') },
          },
        ],
      },
    })
  })

  test('people come back to where the page waits for them, and that shows the page', () => {
    const session = readFileSync(new URL('../../hub/session/session.ts', import.meta.url), 'utf8')
    for (const [name, path] of Object.entries({ signedInPath, signedOutPath })) {
      expect(session).toContain(`export const ${name} = '${path}'`)
      expect(pagePath.test(path)).toBe(true)
    }
  })

  test('Cognito has a sign-in page for this client', () => {
    own.hasResourceProperties('AWS::Cognito::ManagedLoginBranding', { UseCognitoProvidedValues: true })
  })
})
