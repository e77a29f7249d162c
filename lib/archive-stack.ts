import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib'
import type { ITable } from 'aws-cdk-lib/aws-dynamodb'
import type { Bucket } from 'aws-cdk-lib/aws-s3'
import type { Construct } from 'constructs'
import type { Config } from './config.ts'
import { ArchiveBucket } from './constructs/archive-bucket.ts'
import { ArchiveDelivery, entriesFolder } from './constructs/archive-delivery.ts'
import { ArchiveQueries } from './constructs/archive-queries.ts'
import { addEmptierLogs } from './constructs/emptier-logs.ts'
import { Handler } from './constructs/handler.ts'
import type { DeadLetters } from './constructs/redrive-access.ts'
import { Scheduled } from './constructs/scheduled.ts'

export interface ArchiveStackProps extends StackProps {
  readonly config: Config
  /** Folder with a bundle per function. */
  readonly bundles: string
  readonly table: ITable
}

/**
 * Archives every entry outside the table and makes the entries queryable. The bucket of a protected stage outlives the
 * stack.
 */
export class ArchiveStack extends Stack {
  readonly bucket: Bucket
  readonly deadLetters: readonly DeadLetters[]

  constructor(scope: Construct, id: string, props: ArchiveStackProps) {
    super(scope, id, props)
    const { config } = props
    const { bucket } = new ArchiveBucket(this, 'Archive', config)
    this.bucket = bucket
    addEmptierLogs(this, config.logDays)
    const handler = new Handler(this, 'ArchiveEntries', { ...props, name: 'archive-entries' })
    new ArchiveDelivery(this, 'Delivery', { bucket, config }).grantPut(handler)
    const runs = new Scheduled(this, 'Runs', { handler, schedules: { Often: 'rate(5 minutes)' } })
    this.deadLetters = [runs.deadLetters]
    new CfnOutput(this, 'ArchiveUrl', { value: bucket.s3UrlForObject(entriesFolder) })
    new ArchiveQueries(this, 'Queries', { bucket, stage: config.stage })
  }
}
