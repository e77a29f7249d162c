import { runSimulation } from '@cloud-copilot/iam-simulate'
import { describe, expect, test } from 'vitest'
import { stacksIn, synthesizeStage } from '../stack/stage-folder.ts'
import { isAllowed, rolesOf } from './roles.ts'
import { account, Templates } from './templates.ts'

/* The role for emergencies: it can read what an emergency asks for, and neither write nor read a secret. */

const onCall = `arn:aws:iam::${account}:role/aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_OnCall_*`
const folder = synthesizeStage({ stage: 'prod' })
const templates = new Templates(folder)
const withSignOn = new Templates(synthesizeStage({ stage: 'prod', breakGlassPrincipals: onCall }))
const role = rolesOf(templates).find(({ id }) => id.startsWith('BreakGlass'))
if (role === undefined) throw new Error('there is no break-glass role')
const arnOf = (type: string, start = '') =>
  templates.arnOf(templates.ofType(type).find(({ id }) => id.startsWith(start))?.id ?? '')
const table = arnOf('AWS::DynamoDB::Table')
const archive = arnOf('AWS::S3::Bucket', 'ArchiveBucket')
const here = (service: string, rest: string) => `arn:aws:${service}:us-east-1:${account}:${rest}`
const logs = (stage: string) => here('logs', `log-group:Tollgate-${stage}-Api-HubLogs1-x`)
const object = `${archive}/entries/day=2026-01-15/a.ndjson.gz`
const allowed = (action: string, resource: string) => isAllowed(role.statements, { action, resource })

test.each([
  ['dynamodb:GetItem', table],
  ['dynamodb:Scan', table],
  ['dynamodb:Query', `${table}/index/journal`],
  ['logs:FilterLogEvents', `${logs('prod')}:*`],
  ['logs:GetLogEvents', `${logs('prod')}:*`],
  // The requests of `logs` and `resources` in the runbook.
  ['logs:StartQuery', logs('prod')],
  ['logs:GetQueryResults', logs('prod')],
  [
    'logs:FilterLogEvents',
    here('logs', 'log-group:/aws/vendedlogs/states/Tollgate-prod-Workflows-Migration'),
  ],
  ['cloudformation:ListStackResources', here('cloudformation', 'stack/Tollgate-prod-Api/1a2b')],
  ['cloudformation:DescribeStacks', here('cloudformation', 'stack/Tollgate-prod-Archive/1a2b')],
  ['s3:ListBucket', archive],
  ['s3:GetObject', object],
  ['athena:StartQueryExecution', here('athena', 'workgroup/tollgate-prod')],
  ['glue:GetTable', here('glue', 'table/tollgate_prod/entries')],
])('it may %s %s', async (action, resource) => expect(await allowed(action, resource)).toBe(true))

test.each(stacksIn(folder))('it may list what the stack %s is made of, and read its logs', async (name) => {
  const [stack, group] = [`stack/${name}/1a2b`, `log-group:${name}-Function-x:*`]
  expect(await allowed('cloudformation:ListStackResources', here('cloudformation', stack))).toBe(true)
  expect(await allowed('logs:FilterLogEvents', here('logs', group))).toBe(true)
})

test.each([
  ['dynamodb:PutItem', table],
  ['dynamodb:UpdateItem', table],
  ['dynamodb:DeleteItem', table],
  ['dynamodb:DeleteTable', table],
  ['dynamodb:RestoreTableToPointInTime', table],
  ['dynamodb:GetItem', here('dynamodb', 'table/another')],
  ['s3:PutObject', object],
  ['s3:DeleteObject', object],
  ['s3:GetObject', `${arnOf('AWS::S3::Bucket', 'ArchiveAccessLogs')}/a`],
  ['logs:FilterLogEvents', `${logs('dev')}:*`],
  // A stage whose name begins alike.
  ['logs:FilterLogEvents', `${logs('prod-eu')}:*`],
  ['cloudformation:ListStackResources', here('cloudformation', 'stack/Tollgate-prod-eu-Api/1a2b')],
  ['logs:DeleteLogGroup', logs('prod')],
  ['cloudformation:ListStackResources', here('cloudformation', 'stack/Tollgate-dev-Api/1a2b')],
  ['cloudformation:DeleteStack', here('cloudformation', 'stack/Tollgate-prod-Api/1a2b')],
  ['sqs:PurgeQueue', arnOf('AWS::SQS::Queue')],
  ['lambda:InvokeFunction', arnOf('AWS::Lambda::Function')],
  ['secretsmanager:GetSecretValue', arnOf('AWS::SecretsManager::Secret')],
  ['ssm:GetParameter', here('ssm', 'parameter/anything')],
])('it may not %s %s', async (action, resource) => expect(await allowed(action, resource)).toBe(false))

test('no policy that is added to it can let it read a secret', async () => {
  const all = [...role.statements, { Effect: 'Allow', Action: '*', Resource: '*' }]
  const resource = arnOf('AWS::SecretsManager::Secret')
  expect(await isAllowed(all, { action: 'secretsmanager:GetSecretValue', resource })).toBe(false)
})

describe('a person who takes the role', () => {
  test('is of this account, with a second factor of this hour, asks this Region, and for an hour', () => {
    const [found] = templates.ofType('AWS::IAM::Role').filter(({ id }) => id === role.id)
    expect(found?.properties).toMatchObject({
      MaxSessionDuration: 3_600,
      AssumeRolePolicyDocument: {
        Statement: [
          {
            Action: 'sts:AssumeRole',
            Principal: { AWS: `arn:aws:iam::${account}:root` },
            Condition: {
              Bool: { 'aws:MultiFactorAuthPresent': 'true' },
              NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' },
              StringEquals: { 'aws:RequestedRegion': 'us-east-1' },
            },
          },
        ],
      },
    })
  })

  test('is reported by name', () => {
    const [rule] = templates.ofType('AWS::Events::Rule').filter(({ id }) => id.startsWith('BreakGlass'))
    expect(rule?.properties).toMatchObject({
      State: 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS',
      EventPattern: {
        source: ['aws.sts'],
        detail: {
          eventName: ['AssumeRole'],
          requestParameters: { roleArn: [expect.stringContaining(role.id)] },
        },
      },
      Targets: [{ Arn: arnOf('AWS::SNS::Topic') }],
    })
    expect(JSON.stringify(rule?.properties.Targets)).toContain('$.detail.userIdentity.arn')
  })

  test('the rule may publish, encrypted as the topic is', () => {
    const text = JSON.stringify([
      templates.ofType('AWS::SNS::TopicPolicy'),
      templates.ofType('AWS::KMS::Key'),
    ])
    expect(text.match(/"Service":"events.amazonaws.com"/g)?.length).toBeGreaterThanOrEqual(2)
  })
})

interface Person {
  readonly principal: string
  /** Facts of the session, as AWS gives them. Keys that are absent here are absent there. */
  readonly context: Readonly<Record<string, string>>
}

const region = { 'aws:RequestedRegion': 'us-east-1' }
const user = `arn:aws:iam::${account}:user/aoi`
const userWith = (context: Person['context']): Person => ({
  principal: user,
  context: { ...region, 'aws:PrincipalArn': user, ...context },
})

/** A session of IAM Identity Center: it has no key about a second factor at all. */
function signedOn(permissionSet: string, context: Person['context'] = {}): Person {
  const name = `AWSReservedSSO_${permissionSet}_0123456789abcdef`
  return {
    principal: `arn:aws:sts::${account}:assumed-role/${name}/aoi@example.com`,
    context: {
      ...region,
      'aws:PrincipalArn': `arn:aws:iam::${account}:role/aws-reserved/sso.amazonaws.com/eu-west-1/${name}`,
      ...context,
    },
  }
}

/** Simulates that somebody whose own policy allows it assumes the role. */
async function mayTake(from: Templates, { principal, context }: Person): Promise<boolean> {
  const [taken] = from.ofType('AWS::IAM::Role').filter(({ id }) => id.startsWith('BreakGlass'))
  if (taken === undefined) throw new Error('there is no break-glass role')
  const resource = from.arnOf(taken.id)
  const action = 'sts:AssumeRole'
  const own = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: resource }] }
  const result = await runSimulation(
    {
      request: {
        principal,
        action,
        resource: { resource, accountId: account },
        contextVariables: context,
      },
      identityPolicies: [{ name: 'own', policy: own }],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      resourcePolicy: taken.properties.AssumeRolePolicyDocument,
    },
    {},
  )
  if (result.resultType === 'error') throw new Error(JSON.stringify(result.errors))
  return result.overallResult === 'Allowed'
}

const factor = { 'aws:MultiFactorAuthPresent': 'true', 'aws:MultiFactorAuthAge': '60' }

describe.each([
  ['without the setting', templates, false],
  ['with the setting', withSignOn, true],
] as const)('%s', (_, from, letsSignOn) => {
  test.each([
    ['a user with a second factor', userWith(factor), true],
    [
      'a user whose second factor is older than an hour',
      userWith({ ...factor, 'aws:MultiFactorAuthAge': '3600' }),
      false,
    ],
    ['a user without a second factor', userWith({}), false],
    ['a user who asks another Region', userWith({ ...factor, 'aws:RequestedRegion': 'eu-west-1' }), false],
    ['a person on call who comes by single sign-on', signedOn('OnCall'), letsSignOn],
    [
      'the same person, asking another Region',
      signedOn('OnCall', { 'aws:RequestedRegion': 'eu-west-1' }),
      false,
    ],
    ['a person with another permission set', signedOn('Reader'), false],
  ])('%s', async (_, person, expected) => expect(await mayTake(from, person)).toBe(expected))
})
