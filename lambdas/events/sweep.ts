import { QueryCommand } from '@aws-sdk/lib-dynamodb'
import { openDeps } from '../runtime/deps.ts'
import { dueAtKey, dueIndex, dueShardKey, dueShards, parseAccountKey } from '../store/keys.ts'

const deps = openDeps()
const pageMax = 100
/** Teams of one run, at most; the next run goes on where this one stopped, because what was done is no longer due. */
const teamsMax = 5_000
const budgetMs = 4 * 60_000

/**
 * Makes visible what time has done to accounts that nobody calls for. Nothing depends on when it runs, how often, or
 * whether two run at once. Answers how many teams and entries it touched, and whether it got through.
 */
export async function handler(): Promise<{ teams: number; entries: number; isDone: boolean }> {
  const startedAt = performance.now()
  const catalog = await deps.catalog.read()
  const dueBy = dueAtKey(deps.clock.now())
  let teams = 0
  let entries = 0
  for (let shard = 0; shard < dueShards; shard++) {
    for (let start: Record<string, unknown> | undefined; ; ) {
      const { Items = [], LastEvaluatedKey } = await deps.table.client.send(
        new QueryCommand({
          TableName: deps.table.tableName,
          IndexName: dueIndex,
          KeyConditionExpression: 'dueShard = :shard AND dueAt <= :dueBy',
          ExpressionAttributeValues: { ':shard': dueShardKey(shard), ':dueBy': dueBy },
          Limit: pageMax,
          ExclusiveStartKey: start,
        }),
      )
      for (const { pk } of Items) {
        if (teams >= teamsMax || performance.now() - startedAt > budgetMs)
          return { teams, entries, isDone: false }
        entries += await deps.operations.advance(parseAccountKey(String(pk)), catalog)
        teams += 1
      }
      if (LastEvaluatedKey === undefined) break
      start = LastEvaluatedKey
    }
  }
  return { teams, entries, isDone: true }
}
