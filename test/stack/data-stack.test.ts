import { Match } from 'aws-cdk-lib/assertions'
import { expect, test } from 'vitest'
import { synthesizeStacks } from './synthesized.ts'

const { data } = synthesizeStacks()

test('the table keeps its logical id: another one would be another, empty table', () => {
  expect(Object.keys(data.findResources('AWS::DynamoDB::Table'))).toEqual(['TableCD117FA1'])
})

test('the table outlives every mistake of the last 35 days', () => {
  data.hasResourceProperties('AWS::DynamoDB::Table', {
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
  })
})

test('the table is paid per request, sends old and new images to its stream, and has a generated name', () => {
  data.hasResourceProperties('AWS::DynamoDB::Table', {
    BillingMode: 'PAY_PER_REQUEST',
    StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
    TableName: Match.absent(),
    TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
  })
})

test('the journal index has whole entries, the others only keys', () => {
  data.hasResourceProperties('AWS::DynamoDB::Table', {
    GlobalSecondaryIndexes: [
      { IndexName: 'journal', Projection: { ProjectionType: 'ALL' } },
      { IndexName: 'due', Projection: { ProjectionType: 'KEYS_ONLY' } },
      { IndexName: 'open', Projection: { ProjectionType: 'KEYS_ONLY' } },
    ],
  })
})

test('the signing keys keep their logical id, and nobody has seen the first one', () => {
  expect(Object.keys(data.findResources('AWS::SecretsManager::Secret'))).toEqual([
    'SigningKeysSecret988BD324',
  ])
  data.hasResourceProperties('AWS::SecretsManager::Secret', {
    GenerateSecretString: { SecretStringTemplate: '{}', GenerateStringKey: '1', PasswordLength: 64 },
    SecretString: Match.absent(),
  })
})
