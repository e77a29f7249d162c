import { Stack, Validations } from 'aws-cdk-lib'
import { CfnNamedQuery, CfnWorkGroup } from 'aws-cdk-lib/aws-athena'
import { CfnDatabase, CfnTable } from 'aws-cdk-lib/aws-glue'
import type { IBucket } from 'aws-cdk-lib/aws-s3'
import { Construct } from 'constructs'
import { entriesFolder } from './archive-delivery.ts'
import { archiveNames, entriesTable, entryColumns, savedQueries } from './archive-table.ts'

/** A query that reads more is stopped. 10 GB cost five cents. */
const bytesScannedMax = 10_000_000_000

export interface ArchiveQueriesProps {
  readonly bucket: IBucket
  readonly stage: string
}

/** The archive as a table of Athena, with a workgroup that bounds the cost of a query, and the most frequent queries. */
export class ArchiveQueries extends Construct {
  constructor(scope: Construct, id: string, props: ArchiveQueriesProps) {
    super(scope, id)
    const { database, workGroup: workGroupName } = archiveNames(props.stage)
    const table = this.addTable(database, props.bucket)
    const workGroup = this.addWorkGroup(workGroupName)
    for (const [name, { description, sql }] of Object.entries(savedQueries(`${database}.${entriesTable}`))) {
      const query = new CfnNamedQuery(this, name, {
        database,
        name,
        description,
        queryString: sql,
        workGroup: workGroup.name,
      })
      query.addResourceDependency(workGroup)
      query.addResourceDependency(table)
    }
  }

  private addTable(database: string, bucket: IBucket): CfnTable {
    const catalogId = Stack.of(this).account
    const catalog = new CfnDatabase(this, 'Database', { catalogId, databaseInput: { name: database } })
    const location = bucket.s3UrlForObject(entriesFolder)
    const table = new CfnTable(this, 'Table', {
      catalogId,
      databaseName: database,
      tableInput: {
        name: entriesTable,
        description:
          'Every entry of every team; an entry may be there twice, with the same teamid and version',
        tableType: 'EXTERNAL_TABLE',
        partitionKeys: [{ name: 'day', type: 'string', comment: 'when it was delivered, UTC' }],
        parameters: projection(location),
        storageDescriptor: {
          columns: [...entryColumns],
          location: `${location}/`,
          inputFormat: 'org.apache.hadoop.mapred.TextInputFormat',
          outputFormat: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
          serdeInfo: { serializationLibrary: 'org.openx.data.jsonserde.JsonSerDe' },
        },
      },
    })
    table.addResourceDependency(catalog)
    return table
  }

  private addWorkGroup(name: string): CfnWorkGroup {
    const workGroup = new CfnWorkGroup(this, 'WorkGroup', {
      name,
      description: 'Questions to the archive of entries',
      recursiveDeleteOption: true,
      workGroupConfiguration: {
        enforceWorkGroupConfiguration: true,
        publishCloudWatchMetricsEnabled: true,
        bytesScannedCutoffPerQuery: bytesScannedMax,
        engineVersion: { selectedEngineVersion: 'Athena engine version 3' },
        // Athena keeps results for a day, encrypted, so there is no bucket of results to protect and to empty.
        managedQueryResultsConfiguration: { enabled: true },
      },
    })
    Validations.of(workGroup).acknowledge({
      id: 'AwsSolutions-ATH1',
      reason:
        'Results are managed by Athena, which always encrypts them; the rule only knows results in a bucket.',
    })
    return workGroup
  }
}

/** The days are calculated, not registered: there is no crawler, and a new day is available at once. */
function projection(location: string): Record<string, string> {
  return {
    'projection.enabled': 'true',
    'projection.day.type': 'date',
    'projection.day.format': 'yyyy-MM-dd',
    'projection.day.range': '2025-12-01,NOW',
    'projection.day.interval': '1',
    'projection.day.interval.unit': 'DAYS',
    // Athena replaces this placeholder, not JavaScript.
    'storage.location.template': `${location}/day=\${day}/`,
  }
}
