import {
  afterTeam,
  archiveShardKey,
  openIndex,
  openShardKey,
  openShards,
  parseOpenKey,
  recoveryShardKey,
} from './keys.ts'
import { pagesOf, type Table } from './table.ts'

const keysPerTeamPage = 200
/** Far below the index's page size of 1 MB, and large enough to need few requests. */
const keysPerPage = 5_000

export interface OpenCount {
  /** Teams with open work. */
  readonly teams: number
  readonly teamsWithoutPlan: number
  readonly appsNotInHub: number
}

/** The open work of workflows, from the sparse index `open`. It may lag behind the table for a moment. */
export class OpenWorkStore {
  private readonly table: Table

  constructor(table: Table) {
    this.table = table
  }

  /** Up to `limit` teams of a shard that lack a plan or have an app outside the hub, in order, after a team. */
  async teams(shard: number, after: string, limit: number): Promise<readonly string[]> {
    const teamIds: string[] = []
    for (let from = after; ; ) {
      const { keys, isLast } = await this.keys(openShardKey(shard), afterTeam(from))
      for (const { teamId } of keys) if (teamIds.at(-1) !== teamId) teamIds.push(teamId)
      const last = teamIds.at(-1)
      if (isLast || last === undefined || teamIds.length >= limit) return teamIds.slice(0, limit)
      // However many apps the last team has, the next page begins behind them.
      from = last
    }
  }

  /** Every team with a due in recovery. */
  async *recoveries(): AsyncGenerator<string> {
    for (let shard = 0; shard < openShards; shard++) {
      for await (const { teamId } of this.all(recoveryShardKey(shard))) yield teamId
    }
  }

  /**
   * Every team whose journal has gone on since it was archived: one of each shard in turn, so that many teams of one shard delay
   * no other shard. `isBackward` begins at the last team of each shard.
   */
  async *unarchived(isBackward = false): AsyncGenerator<string> {
    const shards = Array.from({ length: openShards }, (_, shard) =>
      this.all(archiveShardKey(shard), isBackward),
    )
    for await (const { teamId } of inTurn(shards)) yield teamId
  }

  /** Counts the open work now: it reads one key per open app and team, and none for the others. */
  async count(): Promise<OpenCount> {
    let [teams, teamsWithoutPlan, appsNotInHub] = [0, 0, 0]
    for (let shard = 0; shard < openShards; shard++) {
      let last = ''
      for await (const { teamId, subject } of this.all(openShardKey(shard))) {
        if (teamId !== last) teams += 1
        if (subject === '') teamsWithoutPlan += 1
        else appsNotInHub += 1
        last = teamId
      }
    }
    return { teams, teamsWithoutPlan, appsNotInHub }
  }

  private async *all(shardKey: string, isBackward = false) {
    const question = {
      TableName: this.table.tableName,
      IndexName: openIndex,
      KeyConditionExpression: 'openShard = :shard',
      ExpressionAttributeValues: { ':shard': shardKey },
      ScanIndexForward: !isBackward,
      Limit: keysPerPage,
    }
    for await (const items of pagesOf(this.table, 'Query', question))
      for (const { openKey } of items) yield parseOpenKey(String(openKey))
  }

  private async keys(shardKey: string, after: string) {
    const { Items = [], LastEvaluatedKey } = await this.table.send('Query', {
      TableName: this.table.tableName,
      IndexName: openIndex,
      KeyConditionExpression: 'openShard = :shard AND openKey > :after',
      ExpressionAttributeValues: { ':shard': shardKey, ':after': after },
      Limit: keysPerTeamPage,
    })
    const keys = Items.map(({ openKey }) => parseOpenKey(String(openKey)))
    return { keys, isLast: LastEvaluatedKey === undefined }
  }
}

/** One item of each source in turn, until all are empty. Their first pages are read at once. */
async function* inTurn<Item>(sources: readonly AsyncGenerator<Item>[]): AsyncGenerator<Item> {
  const next = (source: AsyncGenerator<Item>) => {
    const item = source.next()
    // An error is thrown where the item is awaited, which may be later.
    item.catch(() => {})
    return { source, item }
  }
  let open = sources.map(next)
  while (open.length > 0) {
    const more: typeof open = []
    for (const { source, item } of open) {
      const { value, done } = await item
      if (done) continue
      more.push(next(source))
      yield value
    }
    open = more
  }
}
