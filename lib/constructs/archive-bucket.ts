import { Duration, RemovalPolicy } from 'aws-cdk-lib'
import { BlockPublicAccess, Bucket, BucketEncryption, StorageClass } from 'aws-cdk-lib/aws-s3'
import { Construct } from 'constructs'
import { CustomerKey } from './customer-key.ts'

/**
 * The bucket of all archived entries: encrypted, TLS only, cheaper as they age, with a version kept of each overwritten
 * object.
 */
export class ArchiveBucket extends Construct {
  readonly bucket: Bucket

  constructor(scope: Construct, id: string, { isProtected }: { readonly isProtected: boolean }) {
    super(scope, id)
    const closed = {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      removalPolicy: isProtected ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
      autoDeleteObjects: !isProtected,
    }
    const accessLogs = new Bucket(this, 'AccessLogs', {
      ...closed,
      lifecycleRules: [{ expiration: Duration.days(400) }],
    })
    const key = CustomerKey.of(this)?.key
    this.bucket = new Bucket(this, 'Bucket', {
      ...closed,
      // The access log keeps the S3 key: S3 delivers access logs to no bucket with another key.
      ...(key !== undefined && {
        encryption: BucketEncryption.KMS,
        encryptionKey: key,
        bucketKeyEnabled: true,
      }),
      versioned: true,
      serverAccessLogsBucket: accessLogs,
      lifecycleRules: [
        {
          // Objects of half an hour have from a few kilobytes to some megabytes. Those below 128 KB keep their storage
          // class.
          transitions: [
            { storageClass: StorageClass.INFREQUENT_ACCESS, transitionAfter: Duration.days(90) },
            { storageClass: StorageClass.GLACIER_INSTANT_RETRIEVAL, transitionAfter: Duration.days(400) },
          ],
          // An erasure leaves old versions for this time. Until then a mistake can be undone.
          noncurrentVersionExpiration: Duration.days(30),
          abortIncompleteMultipartUploadAfter: Duration.days(7),
        },
      ],
    })
  }
}
