import { hourMs, type Instant, periodEnd, periodOf } from '../../core/time/time.ts'
import type { JournalStore } from './journal.ts'
import {
  accountKey,
  archiveCursorKey,
  archiveShardKey,
  dueAtKey,
  dueIndex,
  dueShardKey,
  dueShards,
  eventCursorKey,
  openIndex,
  openShards,
  parseAccountKey,
  usageCursorKey,
} from './keys.ts'
import { batchGet, type Item, type Table } from './table.ts'
import type { Input } from './table-calls.ts'

/** The followers of each journal, by the item that stores the version they have reached. */
const cursorKeys = {
  'usage-view': usageCursorKey,
  events: eventCursorKey,
  archive: archiveCursorKey,
} as const

export type Follower = keyof typeof cursorKeys
export const followers = Object.keys(cursorKeys) as readonly Follower[]

/** Distance of one follower of a team's journal from the team's account. */
export interface Lag {
  readonly follower: Follower
  readonly teamId: string
  /** The last version that it has followed, and the account's. */
  readonly cursor: number
  readonly version: number
}

/** Items of one batch: an account and its cursors. */
const keysPerTeam = 1 + followers.length
const teamsPerBatch = Math.floor(100 / keysPerTeam)

/**
 * Teams that have probably changed lately: those whose accounts fell due within the hour or fall due next, those that have used
 * free amounts or pay-as-you-go this month and so fall due at its end, and those that the archive has not followed to the end.
 * At most `perShard` of each kind and shard, of 16 shards.
 */
export async function recentTeams(table: Table, now: Instant, perShard: number): Promise<readonly string[]> {
  const due = shards(dueShards, (shard) =>
    teamsOf(table, perShard, {
      IndexName: dueIndex,
      KeyConditionExpression: 'dueShard = :shard AND dueAt > :after',
      ExpressionAttributeValues: { ':shard': dueShardKey(shard), ':after': dueAtKey(now - hourMs) },
    }),
  )
  const turning = shards(dueShards, (shard) =>
    teamsOf(table, perShard, {
      IndexName: dueIndex,
      KeyConditionExpression: 'dueShard = :shard AND dueAt = :end',
      ExpressionAttributeValues: { ':shard': dueShardKey(shard), ':end': dueAtKey(periodEnd(periodOf(now))) },
    }),
  )
  const marked = shards(openShards, (shard) =>
    teamsOf(table, perShard, {
      IndexName: openIndex,
      KeyConditionExpression: 'openShard = :shard',
      ExpressionAttributeValues: { ':shard': archiveShardKey(shard) },
    }),
  )
  return [...new Set((await Promise.all([...due, ...turning, ...marked])).flat())]
}

/** Lags of the followers of these teams; a follower that is up to date has none, and neither has a halted view. */
export async function lagsOf(table: Table, teamIds: readonly string[]): Promise<readonly Lag[]> {
  const lags: Lag[] = []
  for (let start = 0; start < teamIds.length; start += teamsPerBatch) {
    const some = teamIds.slice(start, start + teamsPerBatch)
    const keys = some.flatMap((teamId) => [
      accountKey(teamId),
      ...followers.map((follower) => cursorKeys[follower](teamId)),
    ])
    const items = await batchGet(table, keys)
    lags.push(...some.flatMap((teamId) => lagsOfTeam(teamId, items)))
  }
  return lags
}

/**
 * Age in milliseconds of the oldest entry that a follower has not followed. Undefined while the journal's index does not show it:
 * then it was written a moment ago.
 */
export async function ageOf(journal: JournalStore, lag: Lag, now: Instant): Promise<number | undefined> {
  const [entry] = await journal.since(lag.teamId, lag.cursor, 1)
  return entry === undefined ? undefined : Math.max(0, now - entry.at)
}

function lagsOfTeam(teamId: string, items: readonly Item[]): readonly Lag[] {
  const { pk, sk } = accountKey(teamId)
  const own = items.filter((item) => item.pk === pk)
  const versionAt = (sortKey: string) => Number(own.find((item) => item.sk === sortKey)?.version ?? 0)
  const version = versionAt(sk)
  return followers
    .map((follower) => ({ follower, teamId, version, cursor: versionAt(cursorKeys[follower](teamId).sk) }))
    .filter(({ cursor }) => cursor < version)
}

type KeyQuery = Pick<Input<'Query'>, 'IndexName' | 'KeyConditionExpression' | 'ExpressionAttributeValues'>

async function teamsOf(table: Table, limit: number, query: KeyQuery): Promise<string[]> {
  const { Items = [] } = await table.send('Query', {
    ...query,
    TableName: table.tableName,
    Limit: limit,
  })
  return Items.map(({ pk }) => parseAccountKey(String(pk)))
}

const shards = <T>(number: number, read: (shard: number) => Promise<T>): readonly Promise<T>[] =>
  Array.from({ length: number }, (_, shard) => read(shard))
