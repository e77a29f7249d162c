import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib'
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { CfnDeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose'
import { LogGroup, LogStream } from 'aws-cdk-lib/aws-logs'
import type { CfnBucket, IBucket } from 'aws-cdk-lib/aws-s3'
import { Construct } from 'constructs'
import { envNames } from '../../lambdas/runtime/env.ts'
import type { Config } from '../config.ts'
import { CustomerKey } from './customer-key.ts'
import type { Handler } from './handler.ts'

/** The folders of the bucket for delivered entries and for failed deliveries. */
export const entriesFolder = 'entries'
const undeliveredFolder = 'undelivered'

export interface ArchiveDeliveryProps {
  readonly bucket: IBucket
  readonly config: Config
}

/**
 * Delivers records to the archive: one object per 15 minutes or 64 MB, under the day of its delivery. A delivery by the
 * days of the entries (dynamic partitioning) costs per gigabyte and object, and late entries make tiny objects.
 */
export class ArchiveDelivery extends Construct {
  private readonly stream: CfnDeliveryStream

  constructor(scope: Construct, id: string, { bucket, config }: ArchiveDeliveryProps) {
    super(scope, id)
    const logGroup = new LogGroup(this, 'Logs', {
      retention: config.logDays,
      removalPolicy: RemovalPolicy.DESTROY,
    })
    const logStream = new LogStream(this, 'LogStream', { logGroup, removalPolicy: RemovalPolicy.DESTROY })
    const role = this.addRole(bucket, logGroup)
    this.stream = new CfnDeliveryStream(this, 'Stream', {
      deliveryStreamType: 'DirectPut',
      deliveryStreamEncryptionConfigurationInput: { keyType: 'AWS_OWNED_CMK' },
      extendedS3DestinationConfiguration: {
        bucketArn: bucket.bucketArn,
        roleArn: role.roleArn,
        prefix: `${entriesFolder}/day=!{timestamp:yyyy-MM-dd}/`,
        errorOutputPrefix: `${undeliveredFolder}/!{firehose:error-output-type}/day=!{timestamp:yyyy-MM-dd}/`,
        bufferingHints: { intervalInSeconds: Duration.minutes(15).toSeconds(), sizeInMBs: 64 },
        compressionFormat: 'GZIP',
        fileExtension: '.ndjson.gz',
        cloudWatchLoggingOptions: {
          enabled: true,
          logGroupName: logGroup.logGroupName,
          logStreamName: logStream.logStreamName,
        },
      },
    })
    this.stream.node.addDependency(role)
  }

  /** Sets the stream's name in the environment and grants permission to put records on it. */
  grantPut({ lambda }: Handler): void {
    lambda.addEnvironment(envNames.archiveStream, this.stream.ref)
    const actions = ['firehose:PutRecordBatch']
    lambda.addToRolePolicy(new PolicyStatement({ actions, resources: [this.stream.attrArn] }))
  }

  private addRole(bucket: IBucket, logGroup: LogGroup): Role {
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('firehose.amazonaws.com') })
    const folders = [entriesFolder, undeliveredFolder].map((folder) => bucket.arnForObjects(`${folder}/*`))
    const allow = (actions: string[], resources: string[]) =>
      role.addToPolicy(new PolicyStatement({ actions, resources }))
    allow(['s3:PutObject', 's3:GetObject', 's3:AbortMultipartUpload'], folders)
    allow(['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'], [bucket.bucketArn])
    CustomerKey.of(this)?.grantThrough('s3', role)
    allow(['logs:PutLogEvents'], [logGroup.logGroupArn])
    const bucketId = Stack.of(this).getLogicalId(bucket.node.defaultChild as CfnBucket)
    for (const folder of [entriesFolder, undeliveredFolder])
      Validations.of(role).acknowledge({
        id: `AwsSolutions-IAM5[Resource::<${bucketId}.Arn>/${folder}/*]`,
        reason: 'Firehose names its objects itself: all that can be said ahead is their two folders.',
      })
    return role
  }
}
