import { Match } from 'aws-cdk-lib/assertions'
import { expect, test } from 'vitest'
import { routes } from '../../contract/routes.ts'
import { parseSchedule } from '../../local/workflows/cron.ts'
import { type Statement, statementsOf, synthesizeStacks } from './synthesized.ts'

const { api } = synthesizeStacks()
const propertiesOf = (type: string) =>
  Object.values(api.findResources(type)).map((resource) => resource.Properties)

const routeKeys = [...routes.map(({ method, path }) => `${method} ${path}`), 'ANY /mcp']

test('every route of the table is served, and no other', () => {
  const keys = propertiesOf('AWS::ApiGatewayV2::Route').map((route) => route.RouteKey)
  expect(keys.sort()).toEqual(routeKeys.toSorted())
})

test('every route asks for a token but the descriptions, the offer, and the door that verifies it itself', () => {
  const open = propertiesOf('AWS::ApiGatewayV2::Route').filter((route) => route.AuthorizationType !== 'JWT')
  expect(open.map((route) => route.RouteKey)).toEqual([
    'GET /v1/offer',
    'GET /v1/openapi.json',
    'GET /.well-known/oauth-protected-resource/mcp',
    'ANY /mcp',
  ])
})

test('the door of agents accepts the tokens that the authorizer accepts, and may only read and write the table', () => {
  api.hasResourceProperties('AWS::Lambda::Function', {
    Description: 'Tollgate: mcp',
    Environment: {
      Variables: Match.objectLike({
        ISSUER: 'https://idp.example.com',
        AUDIENCE: 'tollgate',
        SCOPES: 'hub:read hub:write',
      }),
    },
  })
})

test('tokens must come from the issuer and be meant for the audience of the context', () => {
  api.hasResourceProperties('AWS::ApiGatewayV2::Authorizer', {
    AuthorizerType: 'JWT',
    IdentitySource: ['$request.header.Authorization'],
    JwtConfiguration: { Issuer: 'https://idp.example.com', Audience: ['tollgate'] },
  })
})

test('every function runs Node 24 on arm64, is traced, ends in time and has a separate log group', () => {
  const functions = propertiesOf('AWS::Lambda::Function')
  expect(functions).toHaveLength(14)
  for (const properties of functions) {
    expect(properties).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      TracingConfig: { Mode: 'Active' },
      LoggingConfig: { LogGroup: { Ref: expect.any(String) } },
      Timeout: expect.any(Number),
    })
    expect(properties.FunctionName).toBeUndefined()
  }
})

test('functions behind the API end before the API gives up on them', () => {
  const integrated = JSON.stringify(propertiesOf('AWS::ApiGatewayV2::Integration'))
  for (const [id, { Properties }] of Object.entries(api.findResources('AWS::Lambda::Function')))
    if (integrated.includes(`"${id}"`)) expect(Properties.Timeout, id).toBeLessThan(30)
})

test('every log group forgets after 90 days', () => {
  for (const properties of propertiesOf('AWS::Logs::LogGroup')) expect(properties.RetentionInDays).toBe(90)
})

test('requests are logged', () => {
  api.hasResourceProperties('AWS::ApiGatewayV2::Stage', {
    AccessLogSettings: { DestinationArn: Match.anyValue(), Format: Match.stringLikeRegexp('requestId') },
  })
})

test('the stream consumer receives changes of accounts, and of what teams have next to them, only, retries boundedly, bisects and keeps what fails', () => {
  api.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
    FilterCriteria: {
      Filters: [{ Pattern: '{"dynamodb":{"Keys":{"sk":{"S":["ACCOUNT","CURSOR#setup"]}}}}' }],
    },
    FunctionResponseTypes: ['ReportBatchItemFailures'],
    BisectBatchOnFunctionError: true,
    MaximumRetryAttempts: 8,
    StartingPosition: 'TRIM_HORIZON',
    DestinationConfig: { OnFailure: { Destination: Match.anyValue() } },
  })
})

const sweeps = () =>
  propertiesOf('AWS::Scheduler::Schedule').filter(({ Target }) => JSON.stringify(Target).includes('"Sweep'))

test('the sweep runs every five minutes and just after midnight UTC, for the month turn and the billing close, too', () => {
  expect(sweeps().length).toBeGreaterThan(0)
  for (const { ScheduleExpression, ScheduleExpressionTimezone } of sweeps()) {
    expect(ScheduleExpressionTimezone).toBe('UTC')
    const next = parseSchedule(ScheduleExpression)
    for (const day of ['2026-01-01', '2026-01-03', '2028-02-29'])
      for (const [after, at] of [
        ['00:00:00', '00:05:00'],
        ['00:05:00', '00:10:00'],
        ['23:57:00', '24:00:00'],
      ])
        expect(next(Date.parse(`${day}T${after}Z`))).toBe(Date.parse(`${day}T${at}Z`))
  }
})

test('the schedules of the sweep together cover every shard, each once, at the same time', () => {
  const shards = sweeps().flatMap(({ Target }) => JSON.parse(Target.Input).shards as number[])
  expect(shards.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 16 }, (_, shard) => shard))
  expect(new Set(sweeps().map(({ ScheduleExpression }) => ScheduleExpression)).size).toBe(1)
})

test('a shard of the stream is worked on in several batches at once, which keeps the order of each account', () => {
  for (const { ParallelizationFactor, BatchSize } of propertiesOf('AWS::Lambda::EventSourceMapping'))
    expect([ParallelizationFactor, BatchSize]).toEqual([8, 100])
})

test('a sweep that could not be called is kept', () => {
  api.hasResourceProperties('AWS::Scheduler::Schedule', {
    Target: { DeadLetterConfig: { Arn: Match.anyValue() }, RetryPolicy: { MaximumRetryAttempts: 10 } },
  })
})

test('dead letters are encrypted, TLS only, and kept for 14 days', () => {
  api.resourceCountIs('AWS::SQS::Queue', 3)
  api.resourceCountIs('AWS::SQS::QueuePolicy', 3)
  for (const properties of propertiesOf('AWS::SQS::Queue'))
    expect(properties).toMatchObject({ SqsManagedSseEnabled: true, MessageRetentionPeriod: 1_209_600 })
})

const isWide = (text: string) => text.includes('*')
const wideIn = ({ Action, Resource }: Statement) =>
  [...[Action].flat(), JSON.stringify(Resource)].filter(isWide)

test('no role may do anything to everything, but send trace segments', () => {
  const policies = propertiesOf('AWS::IAM::Policy')
  const statements: Statement[] = policies.flatMap((policy) => policy.PolicyDocument.Statement)
  for (const statement of statements.filter((candidate) => wideIn(candidate).length > 0)) {
    expect(statement.Action).toEqual(['xray:PutTraceSegments', 'xray:PutTelemetryRecords'])
    expect(statement.Resource).toBe('*')
  }
  for (const role of propertiesOf('AWS::IAM::Role')) expect(role.ManagedPolicyArns).toBeUndefined()
})

const tableActions = (roleIdStart: string) =>
  statementsOf(api, roleIdStart)
    .flatMap(({ Action }) => Action)
    .filter((action) => action.startsWith('dynamodb:'))
    .map((action) => action.replace('dynamodb:', ''))

const decide = ['GetItem', 'Query', 'PutItem']
const readStream = ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams']

test.each([
  ['AuthorizeUsageRole', decide],
  ['CaptureAuthorizationRole', decide],
  ['VoidAuthorizationRole', decide],
  ['RecordUsageRole', [...decide, 'BatchGetItem']],
  ['HubRole', [...decide, 'UpdateItem', 'DeleteItem', 'Query']],
  ['OpsRole', [...decide, 'UpdateItem', 'DeleteItem', 'BatchGetItem', 'Query']],
  ['OnAccountChangedRole', [...decide, 'UpdateItem', 'DeleteItem', 'Query', ...readStream]],
  ['SweepRole', [...decide, 'UpdateItem', 'Query']],
  ['GetOpenapiRole', []],
])('%s may do to the table what it needs and no more', (role, actions) => {
  expect(tableActions(role).sort()).toEqual([...actions].sort())
})

const stage = (template = api) => Object.values(template.findResources('AWS::ApiGatewayV2::Stage'))[0]

test('every route is bounded, and those that cost or that anyone may call are bounded more', () => {
  const { DefaultRouteSettings, RouteSettings } = stage()?.Properties ?? {}
  expect(DefaultRouteSettings).toEqual({ ThrottlingRateLimit: 2_000, ThrottlingBurstLimit: 1_000 })
  const open = routes.filter(({ scope }) => scope === null).map(({ method, path }) => `${method} ${path}`)
  expect(Object.keys(RouteSettings)).toEqual(expect.arrayContaining([...open, 'ANY /mcp', 'POST /v1/usage']))
  for (const [key, bound] of Object.entries<Record<string, number>>(RouteSettings)) {
    expect(routeKeys).toContain(key)
    expect(bound.ThrottlingRateLimit).toBeLessThan(2_000)
    expect(bound.ThrottlingBurstLimit).toBeGreaterThan(0)
  }
})

test('no route lets through more than what holds for all, per second or at once', () => {
  const small = synthesizeStacks({ callsPerSecond: 20 }).api
  const { DefaultRouteSettings, RouteSettings } = stage(small)?.Properties ?? {}
  expect(DefaultRouteSettings).toEqual({ ThrottlingRateLimit: 20, ThrottlingBurstLimit: 10 })
  expect(RouteSettings['POST /v1/usage']).toEqual({ ThrottlingRateLimit: 20, ThrottlingBurstLimit: 10 })
  for (const [key, bound] of Object.entries<Record<string, number>>(RouteSettings)) {
    expect(bound.ThrottlingRateLimit, key).toBeLessThanOrEqual(20)
    expect(bound.ThrottlingBurstLimit, key).toBeLessThanOrEqual(10)
  }
})

test('the stage comes after the routes that it bounds', () => {
  const names = Object.keys(api.findResources('AWS::ApiGatewayV2::Route'))
  expect(stage()?.DependsOn).toEqual(expect.arrayContaining(names))
})
