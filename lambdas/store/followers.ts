import { hourMs, type Instant, periodEnd, periodOf } from '../../core/time/time.ts'
import { atOnce } from '../runtime/at-once.ts'
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
import { haltedVersion } from './usage-cursor.ts'

/** The followers of each journal, by the item that stores the version they have reached. */
const cursorKeys = {
  'usage-view': usageCursorKey,
  events: eventCursorKey,
  archive: archiveCursorKey,
} as const

export type Follower = keyof typeof cursorKeys
export const followers = Object.keys(cursorKeys) as readonly Follower[]

/** The place of one follower in a team's journal, next to that of the team's account. */
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
const batchesAtOnce = 8

/** Bound on the lags of a follower whose age is looked up. Those with the most entries come first. */
const agesMax = 20

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
  return (await followersOf(table, teamIds)).filter(isBehind)
}

/** The followers of these teams, with the versions they have reached. A team without an account has version 0. */
export async function followersOf(table: Table, teamIds: readonly string[]): Promise<readonly Lag[]> {
  const batches = Array.from({ length: Math.ceil(teamIds.length / teamsPerBatch) }, (_, index) =>
    teamIds.slice(index * teamsPerBatch, (index + 1) * teamsPerBatch),
  )
  const found = new Map<string, readonly Lag[]>()
  await atOnce(batches, batchesAtOnce, async (some) => {
    const keys = some.flatMap((teamId) => [
      accountKey(teamId),
      ...followers.map((follower) => cursorKeys[follower](teamId)),
    ])
    const items = await batchGet(table, keys)
    for (const teamId of some) found.set(teamId, followersOfTeam(teamId, items))
  })
  return teamIds.flatMap((teamId) => found.get(teamId) ?? [])
}

/** True for a follower that has not read all. A halted one is as far as there is, so it counts as up to date. */
export const isBehind = ({ cursor, version }: Lag): boolean => cursor < version

/** True for a usage view that an interrupted rebuild keeps still. */
export const isHalted = ({ cursor }: Lag): boolean => cursor === haltedVersion

export interface AgedLag extends Lag {
  /** Age in milliseconds of the oldest entry that is not read. */
  readonly lagMs: number
}

/** Looks up the ages of the lags with the most entries. */
export async function agesOf(
  journal: JournalStore,
  lags: readonly Lag[],
  now: Instant,
): Promise<readonly AgedLag[]> {
  const most = lags.toSorted((a, b) => b.version - b.cursor - (a.version - a.cursor)).slice(0, agesMax)
  return Promise.all(most.map(async (lag) => ({ ...lag, lagMs: (await ageOf(journal, lag, now)) ?? 0 })))
}

/**
 * Age in milliseconds of the oldest entry that a follower has not followed. Undefined while the journal's index does not show it:
 * then it was written a moment ago.
 */
export async function ageOf(journal: JournalStore, lag: Lag, now: Instant): Promise<number | undefined> {
  const [entry] = await journal.since(lag.teamId, lag.cursor, 1)
  return entry === undefined ? undefined : Math.max(0, now - entry.at)
}

function followersOfTeam(teamId: string, items: readonly Item[]): readonly Lag[] {
  const { pk, sk } = accountKey(teamId)
  const own = items.filter((item) => item.pk === pk)
  const versionAt = (sortKey: string) => Number(own.find((item) => item.sk === sortKey)?.version ?? 0)
  const version = versionAt(sk)
  return followers.map((follower) => {
    return { follower, teamId, version, cursor: versionAt(cursorKeys[follower](teamId).sk) }
  })
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
