import type { Instant } from '../../core/time/time.ts'
import {
  alertShardKey,
  archiveShardKey,
  deliveryShardKey,
  deliveryShards,
  dueAtKey,
  dueIndex,
  dueShardKey,
  dueShards,
  openIndex,
  openShards,
  parseDueAtKey,
} from './keys.ts'
import type { Table } from './table.ts'

/** The most items that are counted in one shard. Their keys stay below the index's page size of 1 MB. */
const perShardMax = 1_000

/** Items of a sparse index that wait for their schedule. */
export interface Pending {
  readonly count: number
  /** True if a shard has more items than are counted. */
  readonly isMore: boolean
  /** The instant at which the oldest fell due. Absent where the index has no instants, or nothing waits. */
  readonly since?: Instant
}

export interface PendingWork {
  readonly accounts: Pending
  readonly alerts: Pending
  readonly deliveries: Pending
  /** Teams whose journal has gone on since it was archived. */
  readonly unarchived: Pending
}

/** Counts the pending work at an instant, by the sparse indexes: 52 queries, however many teams there are. */
export async function pendingWork(table: Table, now: Instant): Promise<PendingWork> {
  const [accounts, alerts, deliveries, unarchived] = await Promise.all([
    dueBy(table, now, shardKeys(dueShards, dueShardKey)),
    dueBy(table, now, shardKeys(dueShards, alertShardKey)),
    dueBy(table, now, shardKeys(deliveryShards, deliveryShardKey)),
    markedIn(table, shardKeys(openShards, archiveShardKey)),
  ])
  return { accounts, alerts, deliveries, unarchived }
}

async function dueBy(table: Table, now: Instant, shards: readonly string[]): Promise<Pending> {
  const found = await Promise.all(
    shards.map(async (shard): Promise<Pending> => {
      const { Items = [], LastEvaluatedKey } = await table.send('Query', {
        TableName: table.tableName,
        IndexName: dueIndex,
        KeyConditionExpression: 'dueShard = :shard AND dueAt <= :now',
        ExpressionAttributeValues: { ':shard': shard, ':now': dueAtKey(now) },
        ProjectionExpression: 'dueAt',
        Limit: perShardMax,
      })
      const [first] = Items
      const since = first && parseDueAtKey(String(first.dueAt))
      const isMore = LastEvaluatedKey !== undefined
      return { count: Items.length, isMore, ...(since !== undefined && { since }) }
    }),
  )
  return together(found)
}

async function markedIn(table: Table, shards: readonly string[]): Promise<Pending> {
  const found = await Promise.all(
    shards.map(async (shard): Promise<Pending> => {
      const { Count = 0, LastEvaluatedKey } = await table.send('Query', {
        TableName: table.tableName,
        IndexName: openIndex,
        KeyConditionExpression: 'openShard = :shard',
        ExpressionAttributeValues: { ':shard': shard },
        Select: 'COUNT',
        Limit: perShardMax,
      })
      return { count: Count, isMore: LastEvaluatedKey !== undefined }
    }),
  )
  return together(found)
}

function together(shards: readonly Pending[]): Pending {
  const instants = shards.flatMap(({ since }) => since ?? [])
  return {
    count: shards.reduce((sum, { count }) => sum + count, 0),
    isMore: shards.some(({ isMore }) => isMore),
    ...(instants.length > 0 && { since: Math.min(...instants) }),
  }
}

const shardKeys = (shards: number, keyOf: (shard: number) => string): readonly string[] =>
  Array.from({ length: shards }, (_, shard) => keyOf(shard))
