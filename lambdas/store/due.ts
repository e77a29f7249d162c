import { QueryCommand } from '@aws-sdk/lib-dynamodb'
import type { Instant } from '../../core/time.ts'
import { dueAtKey, dueIndex, dueShardKey, parseAccountKey } from './keys.ts'
import type { Table } from './table.ts'

const pageMax = 100

/** The teams of one shard whose account falls due by an instant, earliest first, read page by page. */
export async function* dueTeams(table: Table, shard: number, now: Instant): AsyncGenerator<string> {
  let start: Record<string, unknown> | undefined
  do {
    const { Items = [], LastEvaluatedKey } = await table.client.send(
      new QueryCommand({
        TableName: table.tableName,
        IndexName: dueIndex,
        KeyConditionExpression: 'dueShard = :shard AND dueAt <= :now',
        ExpressionAttributeValues: { ':shard': dueShardKey(shard), ':now': dueAtKey(now) },
        Limit: pageMax,
        ExclusiveStartKey: start,
      }),
    )
    for (const { pk } of Items) yield parseAccountKey(String(pk))
    start = LastEvaluatedKey
  } while (start !== undefined)
}
