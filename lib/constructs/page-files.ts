import { DefaultStackSynthesizer, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib'
import type { IRole } from 'aws-cdk-lib/aws-iam'
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs'
import type { Bucket, CfnBucket } from 'aws-cdk-lib/aws-s3'
import { BucketDeployment, CacheControl, Source } from 'aws-cdk-lib/aws-s3-deployment'
import { Construct, type IConstruct } from 'constructs'

export interface PageFilesProps {
  /** Folder with the built page. */
  readonly folder: string
  /** Content of `/config.json`. */
  readonly settings: object
  readonly bucket: Bucket
  readonly logDays: RetentionDays
}

/**
 * Uploads the page's files. Files in `assets/` have a hash in their name and are never deleted: a page that was opened
 * before a deployment still finds chunks that it has not loaded yet. They are uploaded before the document that names
 * them. Browsers revalidate the document each time, so nothing at the edge must be invalidated.
 */
export class PageFiles extends Construct {
  constructor(scope: Construct, id: string, { folder, settings, bucket, logDays }: PageFilesProps) {
    super(scope, id)
    const logGroup = new LogGroup(this, 'Logs', { retention: logDays, removalPolicy: RemovalPolicy.DESTROY })
    const common = { destinationBucket: bucket, prune: false, memoryLimit: 512, logGroup }
    const files = Source.asset(folder, { exclude: ['.vite'] })
    const assets = new BucketDeployment(this, 'Assets', {
      ...common,
      sources: [files],
      exclude: ['*'],
      include: ['assets/*'],
      cacheControl: [CacheControl.fromString('public, max-age=31536000, immutable')],
    })
    const document = new BucketDeployment(this, 'Document', {
      ...common,
      sources: [files, Source.jsonData('config.json', settings)],
      exclude: ['assets/*'],
      cacheControl: [CacheControl.fromString('no-cache')],
    })
    document.node.addDependency(assets)
    acknowledge(document.handlerRole, bucket)
  }
}

function acknowledge(role: IRole, bucket: Bucket): void {
  acknowledgeLogging(role)
  const stack = Stack.of(bucket)
  const qualifier: string =
    stack.node.tryGetContext('@aws-cdk/core:bootstrapQualifier') ?? DefaultStackSynthesizer.DEFAULT_QUALIFIER
  const buckets = [
    `arn:<AWS::Partition>:s3:::cdk-${qualifier}-assets-<AWS::AccountId>-<AWS::Region>`,
    `<${stack.getLogicalId(bucket.node.defaultChild as CfnBucket)}.Arn>`,
  ]
  const actions = ['GetObject', 'GetBucket', 'List', 'DeleteObject', 'Abort']
  for (const finding of [
    ...actions.map((action) => `Action::s3:${action}*`),
    ...buckets.map((arn) => `Resource::${arn}/*`),
  ])
    Validations.of(role).acknowledge({
      id: `AwsSolutions-IAM5[${finding}]`,
      reason:
        "The CDK's own function copies the page's files, whatever they are called, from one bucket to the other.",
    })
  Validations.of(role.node.scope ?? role).acknowledge({
    id: 'AwsSolutions-L1',
    reason: "The CDK's own function runs on the version of Python that the CDK has tested it on.",
  })
}

/** For roles of functions that the CDK adds. */
export function acknowledgeLogging(role: IConstruct): void {
  Validations.of(role).acknowledge({
    id: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]',
    reason: 'This policy lets a function write its log and nothing else; the role is made by the CDK.',
  })
}
