import type { Instant } from '../../core/time/time.ts'
import { alertShardKey, dueAtKey, dueIndex, dueShardKey, parseAccountKey, parseDueAtKey } from './keys.ts'
import { pagesOf, type Table } from './table.ts'

const pageMax = 100

export interface DueTeam {
  readonly teamId: string
  readonly dueAt: Instant
}

/** The teams of one shard whose accounts fall due by an instant, earliest first, read page by page. */
export function dueTeams(table: Table, shard: number, now: Instant): AsyncGenerator<DueTeam> {
  return teamsDue(table, dueShardKey(shard), now)
}

/** The teams of one shard whose alerts are due for their daily check, in the same way. */
export function dueAlerts(table: Table, shard: number, now: Instant): AsyncGenerator<DueTeam> {
  return teamsDue(table, alertShardKey(shard), now)
}

async function* teamsDue(table: Table, shardKey: string, now: Instant): AsyncGenerator<DueTeam> {
  const question = {
    TableName: table.tableName,
    IndexName: dueIndex,
    KeyConditionExpression: 'dueShard = :shard AND dueAt <= :now',
    ExpressionAttributeValues: { ':shard': shardKey, ':now': dueAtKey(now) },
    Limit: pageMax,
  }
  for await (const items of pagesOf(table, 'Query', question))
    for (const { pk, dueAt } of items)
      yield { teamId: parseAccountKey(String(pk)), dueAt: parseDueAtKey(String(dueAt)) }
}
