import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import * as v from 'valibot'
import type { Engine } from '../../audit/data-folder/engine.ts'
import { type EngineCall, EngineError } from '../../audit/data-folder/engine-call.ts'
import type { Table } from '../wiring.ts'

const Description = v.object({
  Table: v.object({
    TableStatus: v.string(),
    LatestStreamArn: v.optional(v.string()),
    GlobalSecondaryIndexes: v.optional(v.array(v.object({ IndexStatus: v.optional(v.string()) })), []),
  }),
})
type Description = v.InferOutput<typeof Description>['Table']

const activeMillisecondsMax = 30_000
const keptStreamSeconds = 24 * 60 * 60

export interface ReadyTable {
  readonly isNew: boolean
  /** The engine's ARN of the stream; absent when the table has no stream. */
  readonly streamArn?: string
}

export interface TableOptions {
  /**
   * True lets the engine delete items past their time to live, as in the template. The engine uses real time,
   * so it must be false when the runtime's clock starts in the past. Default: true.
   */
  readonly hasTimeToLive?: boolean
}

/**
 * Creates the table from the template unless it exists. Waits until the table, each index and the stream are
 * active.
 */
export async function ensureTable(
  call: EngineCall,
  table: Table,
  { hasTimeToLive = true }: TableOptions = {},
): Promise<ReadyTable> {
  const isNew = await createTable(call, table)
  for (let waited = 0; waited <= activeMillisecondsMax; waited += 20) {
    const described = await call('DynamoDB_20120810', 'DescribeTable', { TableName: table.id })
    const description = v.parse(Description, described).Table
    if (isComplete(description, table)) {
      if (isNew && hasTimeToLive) await setTimeToLive(call, table)
      return { isNew, streamArn: description.LatestStreamArn }
    }
    await sleep(20)
  }
  throw new Error(`Table ${table.id} is not active after ${activeMillisecondsMax} ms`)
}

function isComplete(description: Description, { properties }: Table): boolean {
  const indexes = description.GlobalSecondaryIndexes
  return (
    description.TableStatus === 'ACTIVE' &&
    indexes.length >= (properties.GlobalSecondaryIndexes ?? []).length &&
    indexes.every(({ IndexStatus = 'ACTIVE' }) => IndexStatus === 'ACTIVE') &&
    (properties.StreamSpecification === undefined || description.LatestStreamArn !== undefined)
  )
}

async function setTimeToLive(call: EngineCall, { id, properties }: Table): Promise<void> {
  const { TimeToLiveSpecification } = properties
  if (TimeToLiveSpecification === undefined) return
  await call('DynamoDB_20120810', 'UpdateTimeToLive', { TableName: id, TimeToLiveSpecification })
}

async function createTable(call: EngineCall, { id, properties }: Table): Promise<boolean> {
  const { AttributeDefinitions, KeySchema, BillingMode, GlobalSecondaryIndexes, StreamSpecification } =
    properties
  try {
    await call('DynamoDB_20120810', 'CreateTable', {
      TableName: id,
      AttributeDefinitions,
      KeySchema,
      BillingMode,
      GlobalSecondaryIndexes,
      StreamSpecification: StreamSpecification && { ...StreamSpecification, StreamEnabled: true },
    })
    return true
  } catch (cause) {
    if (cause instanceof EngineError && cause.code === 'ResourceInUseException') return false
    throw cause
  }
}

/**
 * Makes the embedded engine fast with a stream: without these indexes, every write scans all stream records.
 * Also deletes records older than 24 hours, except the newest of each table, which gives the next sequence
 * number.
 */
export function tuneEngine({ databaseFile }: Engine): void {
  if (databaseFile === undefined) return
  const database = new DatabaseSync(databaseFile, { timeout: 5_000 })
  try {
    database.exec(`
      CREATE INDEX IF NOT EXISTS stream_by_number
        ON _stream_records (table_name, CAST(sequence_number AS INTEGER));
      CREATE INDEX IF NOT EXISTS stream_by_shard
        ON _stream_records (table_name, shard_id, CAST(sequence_number AS INTEGER));
      DELETE FROM _stream_records WHERE created_at < unixepoch() - ${keptStreamSeconds}
        AND id NOT IN (SELECT max(id) FROM _stream_records GROUP BY table_name)`)
  } finally {
    database.close()
  }
}
