import { describe, expect, test } from 'vitest'
import { type Role, rolesOf } from '../iam/roles.ts'
import { Templates } from '../iam/templates.ts'
import { synthesizeStage } from './stage-folder.ts'

const prod = new Templates(synthesizeStage({ stage: 'prod' }))
const dev = new Templates(synthesizeStage({ stage: 'dev' }))
const [keyId = ''] = prod
  .ofType('AWS::KMS::Key')
  .flatMap(({ id }) => (id.startsWith('Encryption') ? [id] : []))
const keyArn = prod.arnOf(keyId)
const propertiesOf = (templates: Templates, type: string) =>
  templates.ofType(type).map(({ id, properties }) => ({ id, ...properties }) as Record<string, unknown>)

describe('in prod', () => {
  test('the key rotates, and keeps its logical id: under another one nothing could be read', () => {
    expect(keyId).toBe('EncryptionKey3A692D6E')
    const key = prod.ofType('AWS::KMS::Key').find(({ id }) => id === keyId)
    expect(key?.properties).toMatchObject({ EnableKeyRotation: true, PendingWindowInDays: 30 })
  })

  test('the table is encrypted with it, and its indexes with it', () => {
    const SSESpecification = { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: keyArn }
    expect(propertiesOf(prod, 'AWS::DynamoDB::Table')).toMatchObject([{ SSESpecification }])
  })

  test('so are the signing keys, the archive and all dead letters', () => {
    expect(propertiesOf(prod, 'AWS::SecretsManager::Secret')).toMatchObject([{ KmsKeyId: keyArn }])
    for (const queue of propertiesOf(prod, 'AWS::SQS::Queue'))
      expect(queue, String(queue.id)).toMatchObject({ KmsMasterKeyId: keyArn })
    const encrypted = propertiesOf(prod, 'AWS::S3::Bucket').filter((bucket) =>
      JSON.stringify(bucket).includes(keyArn),
    )
    expect(encrypted.map(({ id }) => id)).toEqual([expect.stringMatching(/^ArchiveBucket/)])
    expect(encrypted).toMatchObject([
      { BucketEncryption: { ServerSideEncryptionConfiguration: [{ BucketKeyEnabled: true }] } },
    ])
  })

  test('each topic has a separate key', () => {
    for (const topic of propertiesOf(prod, 'AWS::SNS::Topic')) expect(topic.KmsMasterKeyId).toMatch(/:kms:/)
  })

  test('a role uses the key only through a service, and only of what it may use anyway', () => {
    const services: Readonly<Record<string, string>> = {
      dynamodb: 'dynamodb:',
      secretsmanager: 'secretsmanager:GetSecretValue',
      sqs: 'sqs:',
      s3: 's3:',
    }
    const uses = rolesOf(prod).flatMap((role) => kmsOf(role).map((statement) => ({ role, statement })))
    expect(uses.length).toBeGreaterThan(20)
    for (const { role, statement } of uses) {
      const via = (statement.Condition as { StringEquals: Record<string, string> }).StringEquals[
        'kms:ViaService'
      ]
      const [service = '', rest] = String(via).split(/\.(.*)/)
      expect([role.id, statement.Resource, rest]).toEqual([role.id, keyArn, 'us-east-1.amazonaws.com'])
      const needed = services[service] ?? 'unknown'
      expect(
        actionsOf(role).some((action) => action.startsWith(needed)),
        `${role.id} ${service}`,
      ).toBe(true)
    }
  })

  test('a role that uses the table, the keys or a queue may use the key there', () => {
    for (const role of rolesOf(prod)) {
      const services = JSON.stringify(kmsOf(role))
      for (const [prefix, service] of [
        [/^dynamodb:(?!.*Stream|GetRecords|GetShardIterator)/, 'dynamodb.'],
        [/^secretsmanager:\w/, 'secretsmanager.'],
        [/^sqs:(Send|Receive)Message$/, 'sqs.'],
      ] as const)
        if (actionsOf(role).some((action) => prefix.test(action)))
          expect(services.includes(service), `${role.id} ${service}`).toBe(true)
    }
  })

  test('is else allowed what other stages allow, and no more', () => {
    const without = (templates: Templates) =>
      Object.fromEntries(
        rolesOf(templates)
          .filter(({ id }) => !id.startsWith('CustomS3AutoDelete'))
          .map((role) => [role.id, role.statements.filter((statement) => !kmsOf(role).includes(statement))]),
      )
    // Names that contain the stage differ.
    const named = JSON.stringify(without(prod)).replaceAll(/(tollgate[-_])prod/gi, '$1dev')
    expect(JSON.parse(named)).toEqual(without(dev))
  })
})

describe('in other stages', () => {
  test('keys of AWS encrypt, for nothing: only the topic of alarms needs another', () => {
    expect(JSON.stringify(dev.resources)).not.toContain('kms:ViaService')
    expect(dev.ofType('AWS::KMS::Key').filter(({ id }) => id.startsWith('Encryption'))).toEqual([])
    for (const queue of propertiesOf(dev, 'AWS::SQS::Queue')) expect(queue.SqsManagedSseEnabled).toBe(true)
  })

  test('it may be asked for', () => {
    const own = new Templates(synthesizeStage({ stage: 'dev', encryption: 'customer-managed' }))
    expect(own.ofType('AWS::KMS::Key').map(({ id }) => id)).toContain(keyId)
  })
})

const actionsOf = ({ statements }: Role) => statements.flatMap(({ Action }) => Action)
const kmsOf = ({ statements }: Role) =>
  statements.filter(({ Action }) => [Action].flat().every((action) => action.startsWith('kms:')))
