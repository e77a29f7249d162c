import { App } from 'aws-cdk-lib'
import { Match, Template } from 'aws-cdk-lib/assertions'
import { expect, test } from 'vitest'
import { ArchiveStack } from '../../lib/archive-stack.ts'
import { readConfig } from '../../lib/config.ts'
import { entryColumns } from '../../lib/constructs/archive-table.ts'
import { DataStack } from '../../lib/data-stack.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { context, makeBundles, statementsOf } from './synthesized.ts'

const app = new App({ context: { ...context, protect: 'true', payments: 'bus' }, outdir: temporaryFolder() })
const config = readConfig(app.node)
const { table } = new DataStack(app, 'Data', { config })
const template = Template.fromStack(
  new ArchiveStack(app, 'Archive', { config, bundles: makeBundles(), table }),
)

test('the archive keeps its logical id: another one would be another, empty archive', () => {
  expect(Object.keys(template.findResources('AWS::S3::Bucket'))).toContain('ArchiveBucket49F1AC64')
})

test('objects are encrypted, nobody else can see them, and overwritten objects can be restored', () => {
  template.allResourcesProperties('AWS::S3::Bucket', {
    BucketEncryption: Match.anyValue(),
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    },
  })
  template.hasResourceProperties('AWS::S3::Bucket', { VersioningConfiguration: { Status: 'Enabled' } })
  template.allResourcesProperties('AWS::S3::BucketPolicy', {
    PolicyDocument: {
      Statement: Match.arrayWith([
        Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
      ]),
    },
  })
})

test('records become few and large objects, compressed, under the day of their delivery', () => {
  template.hasResourceProperties('AWS::KinesisFirehose::DeliveryStream', {
    ExtendedS3DestinationConfiguration: {
      Prefix: 'entries/day=!{timestamp:yyyy-MM-dd}/',
      CompressionFormat: 'GZIP',
      FileExtension: '.ndjson.gz',
      BufferingHints: { IntervalInSeconds: 900, SizeInMBs: 64 },
    },
    DeliveryStreamEncryptionConfigurationInput: { KeyType: 'AWS_OWNED_CMK' },
  })
})

test('the function may read what it archives, move its cursor, and put records: no more', () => {
  const actions = statementsOf(template, 'ArchiveEntriesRole')
    .flatMap(({ Action }) => Action)
    .filter((action) => !/^(xray|logs):/.test(action))
  expect(actions.toSorted()).toEqual([
    'dynamodb:BatchGetItem',
    'dynamodb:Query',
    'dynamodb:UpdateItem',
    'firehose:PutRecordBatch',
  ])
})

test('the delivery writes to its two folders, and can delete nothing', () => {
  const statements = statementsOf(template, 'DeliveryRole')
  const actions = statements.flatMap(({ Action }) => Action)
  expect(actions.filter((action) => /[*]|Delete/.test(action))).toEqual([])
  const { Resource } = statements.find(({ Action }) => Action.includes('s3:PutObject')) ?? { Resource: [] }
  expect(JSON.stringify(Resource).match(/\/\w+\/\*/g)).toEqual(['/entries/*', '/undelivered/*'])
})

test('Athena knows the days without a crawler, and where they are', () => {
  template.hasResourceProperties('AWS::Glue::Table', {
    TableInput: {
      PartitionKeys: [Match.objectLike({ Name: 'day', Type: 'string' })],
      Parameters: Match.objectLike({
        'projection.enabled': 'true',
        'projection.day.range': '2025-12-01,NOW',
        'storage.location.template': {
          'Fn::Join': ['', ['s3://', { Ref: 'ArchiveBucket49F1AC64' }, `/entries/day=\${day}/`]],
        },
      }),
    },
  })
})

test('every amount is a whole number in Athena, too', () => {
  const types = entryColumns.map(({ type }) => type).join(' ')
  expect(types).not.toMatch(/double|float|decimal|\bint\b/)
  for (const amount of ['quantity', 'units', 'millitokens', 'usdcents', 'creditusdcents'])
    expect(JSON.stringify(entryColumns)).toMatch(new RegExp(`${amount}(:|","type":")bigint`))
})

test('a query that reads too much is stopped, and a saved one counts copies once and reads named days', () => {
  template.hasResourceProperties('AWS::Athena::WorkGroup', {
    WorkGroupConfiguration: {
      EnforceWorkGroupConfiguration: true,
      BytesScannedCutoffPerQuery: 10_000_000_000,
    },
  })
  const queries = Object.values(template.findResources('AWS::Athena::NamedQuery')).map(
    ({ Properties }) => Properties.QueryString as string,
  )
  expect(queries).toHaveLength(4)
  for (const sql of queries) expect(sql).toMatch(/copy = 1|count\(DISTINCT version\)/)
  for (const sql of queries.filter((query) => query.includes('copy')))
    expect(sql).toMatch(/\bday (BETWEEN|>=)/)
})
