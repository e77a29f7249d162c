import { App } from 'aws-cdk-lib'
import { Match, Template } from 'aws-cdk-lib/assertions'
import { expect, test } from 'vitest'
import { routes } from '../../contract/routes.ts'
import { ApiStack } from '../../lib/api-stack.ts'
import { readConfig } from '../../lib/config.ts'
import { DataStack } from '../../lib/data-stack.ts'
import { IdentityStack } from '../../lib/identity-stack.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { makeBundles, statementsOf } from './synthesized.ts'

const certificateArn = 'arn:aws:acm:us-east-1:111122223333:certificate/a1'

function synthesize(context: Record<string, string> = {}) {
  const app = new App({ context, outdir: temporaryFolder() })
  const config = readConfig(app.node)
  const { table, signingKeys } = new DataStack(app, 'Data', { config })
  const props = { config, bundles: makeBundles(), table }
  const identity = new IdentityStack(app, 'Identity', props)
  const api = new ApiStack(app, 'Api', { ...props, authority: identity.authority, signingKeys })
  return { identity: Template.fromStack(identity), api: Template.fromStack(api) }
}
const { identity, api } = synthesize()

type Client = Record<string, unknown> & { AllowedOAuthFlows: string[]; AllowedOAuthScopes: unknown[] }
const clientsOf = (template: Template) =>
  Object.values(template.findResources('AWS::Cognito::UserPoolClient')).map(
    ({ Properties }) => Properties as Client,
  )
const pageOf = (template: Template) => clientsOf(template).filter(({ GenerateSecret }) => !GenerateSecret)

test('people sign up with an address that they have shown to be theirs, and a second factor if they like', () => {
  identity.hasResourceProperties('AWS::Cognito::UserPool', {
    UsernameAttributes: ['email'],
    UsernameConfiguration: { CaseSensitive: false },
    AdminCreateUserConfig: { AllowAdminCreateUserOnly: false },
    AutoVerifiedAttributes: ['email'],
    UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
    AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'verified_email', Priority: 1 }] },
    MfaConfiguration: 'OPTIONAL',
    EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
    Policies: { PasswordPolicy: { MinimumLength: 12, RequireSymbols: true } },
    UserPoolTier: 'PLUS',
    UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED' },
  })
})

test('the page is a public client of the code flow only, and asks for nothing of services or operators', () => {
  const [page, ...others] = pageOf(identity)
  expect(others).toEqual([])
  expect(page).toMatchObject({
    GenerateSecret: false,
    AllowedOAuthFlows: ['code'],
    AllowedOAuthScopes: ['openid', 'email', 'hub/read', 'hub/write'],
    ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
    PreventUserExistenceErrors: 'ENABLED',
    EnableTokenRevocation: true,
  })
})

test('a former member has valid tokens for a quarter of an hour at most', () => {
  expect(pageOf(identity)).toMatchObject([
    { AccessTokenValidity: 15, IdTokenValidity: 15, TokenValidityUnits: { AccessToken: 'minutes' } },
  ])
})

const domain = { domain: 'hub.example.com', certificateArn }
test.each([
  [{}, ['http://localhost:8787']],
  [domain, ['https://hub.example.com', 'http://localhost:8787']],
  [{ stage: 'prod', ...domain }, ['https://hub.example.com']],
])('%j: people are sent back to %j', (context, origins) => {
  expect(pageOf(synthesize(context).identity)).toMatchObject([
    {
      CallbackURLs: origins.map((origin) => `${origin}/signed-in`),
      LogoutURLs: origins.map((origin) => `${origin}/signed-out`),
    },
  ])
})

test('services and operators sign in with a secret, each for the one scope that is theirs', () => {
  const machines = clientsOf(identity).filter(({ GenerateSecret }) => GenerateSecret)
  expect(machines.map(({ AllowedOAuthFlows }) => AllowedOAuthFlows)).toEqual([
    ['client_credentials'],
    ['client_credentials'],
  ])
  const scopes = machines.flatMap(({ AllowedOAuthScopes }) => AllowedOAuthScopes)
  expect(scopes).toEqual(['aps/meter', 'ops/admin'])
  for (const { CallbackURLs, ExplicitAuthFlows } of machines) {
    expect(CallbackURLs).toBeUndefined()
    expect(ExplicitAuthFlows).toEqual(['ALLOW_REFRESH_TOKEN_AUTH'])
  }
})

test('every scope of the contract can be had from a resource server, and no client is made before it', () => {
  const servers = identity.findResources('AWS::Cognito::UserPoolResourceServer')
  const scopes = Object.values(servers).flatMap(({ Properties }) =>
    Properties.Scopes.map((scope: { ScopeName: string }) => `${Properties.Identifier}:${scope.ScopeName}`),
  )
  const needed = routes.flatMap(({ scope }) => (scope === null ? [] : [scope]))
  expect(scopes.toSorted()).toEqual([...new Set<string>(needed)].toSorted())
  for (const client of Object.values(identity.findResources('AWS::Cognito::UserPoolClient')))
    expect(client.DependsOn).toEqual(expect.arrayContaining(Object.keys(servers)))
})

test('the function that adds the person is called for access tokens, by this pool only', () => {
  identity.hasResourceProperties('AWS::Cognito::UserPool', {
    LambdaConfig: { PreTokenGenerationConfig: { LambdaVersion: 'V2_0', LambdaArn: Match.anyValue() } },
  })
  const [pool = ''] = Object.keys(identity.findResources('AWS::Cognito::UserPool'))
  const permissions = identity.findResources('AWS::Lambda::Permission')
  expect(Object.values(permissions).map(({ Properties }) => Properties)).toMatchObject([
    { Principal: 'cognito-idp.amazonaws.com', SourceArn: { 'Fn::GetAtt': [pool, 'Arn'] } },
  ])
})

test('that function ends before Cognito gives up on it, and may do nothing with the table', () => {
  identity.hasResourceProperties('AWS::Lambda::Function', { Timeout: 5 })
  const actions = statementsOf(identity, 'AddPersonRole').flatMap(({ Action }) => Action)
  expect(actions.length).toBeGreaterThan(0)
  expect(actions.filter((action) => action.startsWith('dynamodb:'))).toEqual([])
})

test('no output has a secret', () => {
  const outputs = JSON.stringify(identity.toJSON().Outputs)
  expect(outputs).toContain('ServiceClientId')
  expect(JSON.stringify(identity.toJSON())).not.toContain('ClientSecret')
})

test('the API accepts the tokens of these clients of this pool, and no others', () => {
  const [authorizer] = Object.values(api.findResources('AWS::ApiGatewayV2::Authorizer'))
  const { Issuer, Audience } = authorizer?.Properties.JwtConfiguration ?? {}
  expect(JSON.stringify(Issuer)).toMatch(/https:\/\/cognito-idp\..*Fn::ImportValue.*People/)
  expect(Audience).toHaveLength(3)
  for (const [index, name] of ['Page', 'Service', 'Operator'].entries())
    expect(JSON.stringify(Audience[index])).toMatch(new RegExp(`Fn::ImportValue.*${name}Client`))
})

test('the sign-in page is where the stage and the account say, or the setting', () => {
  identity.hasResourceProperties('AWS::Cognito::UserPoolDomain', {
    Domain: { 'Fn::Join': ['', ['tollgate-dev-', { Ref: 'AWS::AccountId' }]] },
    ManagedLoginVersion: 2,
  })
  const named = synthesize({ signInPrefix: 'tollgate-hub' }).identity
  named.hasResourceProperties('AWS::Cognito::UserPoolDomain', { Domain: 'tollgate-hub' })
})

test('codes are mailed from the address of the settings, else by Cognito', () => {
  synthesize({ mailFrom: 'billing@example.com' }).identity.hasResourceProperties('AWS::Cognito::UserPool', {
    EmailConfiguration: { EmailSendingAccount: 'DEVELOPER', From: 'Tollgate <billing@example.com>' },
  })
  expect(JSON.stringify(identity.toJSON())).not.toContain('DEVELOPER')
})

test.each([
  [{ mailFrom: 'billing@example.com' }, 'billing@example.com'],
  [{ mailFrom: 'billing@example.com', mailIdentity: 'billing@example.com' }, 'billing@example.com'],
  [{ mailFrom: 'billing@example.com', mailIdentity: 'example.com' }, 'example.com'],
  [{ mailFrom: 'billing@mail.example.com', mailIdentity: 'example.com' }, 'example.com'],
])('%j: Cognito sends with the identity %s', (context, identityName) => {
  synthesize(context).identity.hasResourceProperties('AWS::Cognito::UserPool', {
    EmailConfiguration: {
      From: `Tollgate <${context.mailFrom}>`,
      SourceArn: {
        'Fn::Join': [
          '',
          [
            'arn:',
            { Ref: 'AWS::Partition' },
            ':ses:',
            { Ref: 'AWS::Region' },
            ':',
            { Ref: 'AWS::AccountId' },
            `:identity/${identityName}`,
          ],
        ],
      },
    },
  })
})

test('people are operators by a group that only AWS puts them into, under the name that the function reads', () => {
  identity.hasResourceProperties('AWS::Cognito::UserPoolGroup', {
    GroupName: 'operators',
    RoleArn: Match.absent(),
  })
  expect(pageOf(identity)[0]?.AllowedOAuthScopes).not.toContain('ops/admin')
})
