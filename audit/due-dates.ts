import * as v from 'valibot'
import { earliest } from '../core/time/time.ts'
import {
  alertShardKey,
  dueAtKey,
  dueIndex,
  dueShardKey,
  dueShards,
  parseDueAtKey,
} from '../lambdas/store/keys.ts'
import type { EngineCall } from './data-folder/engine-call.ts'

const shardKeys = Array.from({ length: dueShards }, (_, shard) => [
  dueShardKey(shard),
  alertShardKey(shard),
]).flat()

const Page = v.object({ Items: v.array(v.object({ dueAt: v.object({ S: v.string() }) })) })

/** Finds the first due date after an instant, of an account or of the daily check of a team's alerts, over all shards. */
export function dueDates(
  call: EngineCall,
  tableName: string,
): (after: number) => Promise<number | undefined> {
  return async (after) => {
    const firsts = await Promise.all(
      shardKeys.map(async (shardKey) => {
        const page = await call('DynamoDB_20120810', 'Query', {
          TableName: tableName,
          IndexName: dueIndex,
          KeyConditionExpression: 'dueShard = :shard AND dueAt > :after',
          ExpressionAttributeValues: {
            ':shard': { S: shardKey },
            ':after': { S: dueAtKey(after) },
          },
          Limit: 1,
        })
        return v.parse(Page, page).Items.map(({ dueAt }) => parseDueAtKey(dueAt.S))
      }),
    )
    const dates = firsts.flat()
    return earliest(...dates)
  }
}
