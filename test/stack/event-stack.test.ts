import { App } from 'aws-cdk-lib'
import { Match, Template } from 'aws-cdk-lib/assertions'
import { expect, test } from 'vitest'
import { notifiedTypes } from '../../core/events/notified-types.ts'
import { readConfig } from '../../lib/config.ts'
import { DataStack } from '../../lib/data-stack.ts'
import { EventStack } from '../../lib/event-stack.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { context, makeBundles, statementsOf } from './synthesized.ts'

function synthesize(more: Record<string, string> = {}): Template {
  const app = new App({ context: { ...context, ...more }, outdir: temporaryFolder() })
  const config = readConfig(app.node)
  const { table, signingKeys } = new DataStack(app, 'Data', { config })
  const props = { config, bundles: makeBundles(), table, signingKeys }
  return Template.fromStack(new EventStack(app, 'Events', props))
}
const template = synthesize({ mailFrom: 'billing@example.com' })

test('the bus has an archive of notifications and payments', () => {
  template.resourceCountIs('AWS::Events::EventBus', 1)
  template.hasResourceProperties('AWS::Events::Archive', {
    RetentionDays: 400,
    EventPattern: { source: ['tollgate', 'payments'] },
  })
})

test('payment results and notifications of teams each have one rule on the bus', () => {
  const patterns = Object.values(template.findResources('AWS::Events::Rule')).map(
    ({ Properties }) => Properties.EventPattern,
  )
  expect(patterns).toHaveLength(2)
  expect(patterns).toContainEqual({
    source: ['payments'],
    'detail-type': ['PaymentSettled', 'PaymentFailed', 'PaymentRefunded', 'PaymentChargedBack'],
  })
  expect(patterns).toContainEqual({ source: ['tollgate'], 'detail-type': [...notifiedTypes] })
})

test('an event that a rule cannot deliver, or that its function fails at, is kept', () => {
  for (const { Properties } of Object.values(template.findResources('AWS::Events::Rule')))
    expect(Properties.Targets).toMatchObject([
      { DeadLetterConfig: { Arn: expect.anything() }, RetryPolicy: { MaximumRetryAttempts: 10 } },
    ])
  template.resourceCountIs('AWS::Lambda::EventInvokeConfig', 2)
  template.allResourcesProperties('AWS::Lambda::EventInvokeConfig', {
    MaximumRetryAttempts: 2,
    DestinationConfig: { OnFailure: { Destination: Match.anyValue() } },
  })
})

test('the publisher receives changes of accounts only, from the beginning, and keeps what fails', () => {
  template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
    FilterCriteria: { Filters: [{ Pattern: '{"dynamodb":{"Keys":{"sk":{"S":["ACCOUNT"]}}}}' }] },
    StartingPosition: 'TRIM_HORIZON',
    BisectBatchOnFunctionError: true,
    DestinationConfig: { OnFailure: { Destination: Match.anyValue() } },
  })
})

const actionsOf = (from: Template, role: string) =>
  statementsOf(from, role)
    .flatMap(({ Action }) => Action)
    .filter((action) => !/^(xray|sqs|logs):/.test(action))

test.each([
  ['PublishEventsRole', ['GetItem', 'PutItem', 'Query', 'Query'], ['events:PutEvents']],
  ['OnPaymentResultRole', ['GetItem', 'Query', 'PutItem'], []],
  [
    'DeliverEventRole',
    ['GetItem', 'PutItem', 'UpdateItem'],
    ['ses:SendEmail', 'secretsmanager:GetSecretValue'],
  ],
  [
    'DeliverDueRole',
    ['GetItem', 'PutItem', 'UpdateItem', 'Query'],
    ['ses:SendEmail', 'secretsmanager:GetSecretValue'],
  ],
])('%s may do what it needs and no more', (role, table, others) => {
  const stream = ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams']
  const all = [...table, ...(role.startsWith('Publish') ? stream : [])].map((action) => `dynamodb:${action}`)
  expect(actionsOf(template, role).sort()).toEqual([...all, ...others].sort())
})

/** Names of the SES identities that the functions of deliveries may send with. */
const identitiesOf = (from: Template) => [
  ...new Set(
    ['DeliverEventRole', 'DeliverDueRole'].flatMap((role) =>
      [...JSON.stringify(statementsOf(from, role)).matchAll(/:identity\/([^"]+)"/g)].map(([, name]) => name),
    ),
  ),
]

test('mail goes out from the address of the context, and without one not at all', () => {
  template.hasResourceProperties('AWS::Lambda::Function', {
    Environment: { Variables: { MAIL_FROM: 'billing@example.com' } },
  })
  expect(identitiesOf(template)).toEqual(['billing@example.com'])
  const verified = synthesize({ mailFrom: 'billing@mail.example.com', mailIdentity: 'example.com' })
  expect(identitiesOf(verified)).toEqual(['example.com'])
  const silent = synthesize()
  expect(JSON.stringify(silent.toJSON())).not.toMatch(/MAIL_FROM|ses:/)
  expect(() => synthesize({ mailFrom: 'nobody' })).toThrow('Context "mailFrom" must be an e-mail address')
})
