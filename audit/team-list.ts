import { unmarshall } from '@aws-sdk/util-dynamodb'
import * as v from 'valibot'
import { fromAccountItem } from '../lambdas/store/account-item.ts'
import { accountSortKey, parseAccountKey } from '../lambdas/store/keys.ts'
import type { EngineCall } from './data-folder/engine-call.ts'

const listedMax = 20
const pagesMax = 500

export interface FoundTeam {
  readonly teamId: string
  readonly name: string
  readonly plan: 'none' | 'free' | 'paid'
}

export interface FoundTeams {
  readonly teams: readonly FoundTeam[]
  /** True if more teams match, or if part of the table was not read. */
  readonly hasMore: boolean
}

const Page = v.object({
  Items: v.array(v.record(v.string(), v.any())),
  LastEvaluatedKey: v.optional(v.record(v.string(), v.any())),
})

/**
 * Searches the whole table, up to 500 MB, for teams whose id or name contains `search`. Returns the first
 * twenty.
 */
export async function findTeams(
  { call, tableName, now }: { call: EngineCall; tableName: string; now: () => number },
  search: string,
): Promise<FoundTeams> {
  const plans = new Map<string, FoundTeam['plan']>()
  const names = new Map<string, string>()
  let start: unknown
  for (let pages = 0; pages < pagesMax; pages++) {
    const { Items, LastEvaluatedKey } = v.parse(
      Page,
      await call('DynamoDB_20120810', 'Scan', question(tableName, start)),
    )
    for (const item of Items.map((item) => unmarshall(item))) {
      const teamId = parseAccountKey(String(item.pk))
      if (item.sk === accountSortKey) plans.set(teamId, planOf(item, now()))
      else names.set(teamId, String(item.name))
    }
    start = LastEvaluatedKey
    if (start === undefined) break
  }
  const words = search.trim().toLowerCase()
  const teams = [...plans]
    .map(([teamId, plan]) => ({ teamId, name: names.get(teamId) ?? teamId, plan }))
    .filter(({ teamId, name }) => `${teamId}\n${name}`.toLowerCase().includes(words))
    .toSorted((a, b) => (a.teamId < b.teamId ? -1 : 1))
  return { teams: teams.slice(0, listedMax), hasMore: teams.length > listedMax || start !== undefined }
}

function question(tableName: string, start: unknown): object {
  return {
    TableName: tableName,
    FilterExpression: 'sk IN (:account, :profile)',
    ExpressionAttributeValues: { ':account': { S: accountSortKey }, ':profile': { S: 'PROFILE' } },
    ...(start !== undefined && { ExclusiveStartKey: start }),
  }
}

function planOf(item: Record<string, unknown>, now: number): FoundTeam['plan'] {
  return fromAccountItem(item).terms.findLast(({ from }) => from <= now)?.plan ?? 'none'
}
