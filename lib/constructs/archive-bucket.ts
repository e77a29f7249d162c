import { Duration, RemovalPolicy } from 'aws-cdk-lib'
import { BlockPublicAccess, Bucket, BucketEncryption, StorageClass } from 'aws-cdk-lib/aws-s3'
import { Construct } from 'constructs'
import { CustomerKey } from './customer-key.ts'

/** Where every entry is kept beside the table: encrypted, TLS only, cheaper as it ages, and never overwritten for good. */
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
      // The log of accesses stays with S3's key: S3 delivers it to no bucket with another one.
      ...(key !== undefined && {
        encryption: BucketEncryption.KMS,
        encryptionKey: key,
        bucketKeyEnabled: true,
      }),
      versioned: true,
      serverAccessLogsBucket: accessLogs,
      lifecycleRules: [
        {
          // Objects of half an hour are a few kilobytes to some megabytes; those below 128 KB stay where they are.
          transitions: [
            { storageClass: StorageClass.INFREQUENT_ACCESS, transitionAfter: Duration.days(90) },
            { storageClass: StorageClass.GLACIER_INSTANT_RETRIEVAL, transitionAfter: Duration.days(400) },
          ],
          // What an erasure rewrote is gone after this, and a mistake can be undone before it.
          noncurrentVersionExpiration: Duration.days(30),
          abortIncompleteMultipartUploadAfter: Duration.days(7),
        },
      ],
    })
  }
}
