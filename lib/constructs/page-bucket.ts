import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib'
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3'
import { Construct } from 'constructs'
import type { Config } from '../config.ts'

/** The bucket of the page's files, readable only by CloudFront, and its access log. */
export class PageBucket extends Construct {
  readonly files: Bucket
  readonly logs: Bucket

  constructor(scope: Construct, id: string, { isProtected, logDays }: Config) {
    super(scope, id)
    const closed = {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      removalPolicy: isProtected ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
      autoDeleteObjects: !isProtected,
    }
    this.logs = new Bucket(this, 'Logs', {
      ...closed,
      lifecycleRules: [{ expiration: Duration.days(logDays) }],
    })
    this.files = new Bucket(this, 'Files', {
      ...closed,
      serverAccessLogsBucket: this.logs,
      serverAccessLogsPrefix: 'bucket/',
    })
    Validations.of(this.logs).acknowledge({
      id: 'AwsSolutions-S1',
      reason: 'This is where access is logged; a log of who read the logs would need another such bucket.',
    })
  }
}
