import { fromAccountItem } from '../lambdas/store/account-item.ts'
import { accountSortKey, parseAccountKey } from '../lambdas/store/keys.ts'
import { type ScannedTable, scanItems } from './scanned-items.ts'

const listedMax = 20

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

/**
 * Searches the whole table, up to 500 MB, for teams whose id or name contains `search`. Returns the first
 * twenty.
 */
export async function findTeams(
  { now, ...table }: ScannedTable & { readonly now: () => number },
  search: string,
): Promise<FoundTeams> {
  const plans = new Map<string, FoundTeam['plan']>()
  const names = new Map<string, string>()
  const { items, isWhole } = await scanItems(table, {
    FilterExpression: 'sk IN (:account, :profile)',
    ExpressionAttributeValues: { ':account': { S: accountSortKey }, ':profile': { S: 'PROFILE' } },
  })
  for (const item of items) {
    const teamId = parseAccountKey(String(item.pk))
    if (item.sk === accountSortKey) plans.set(teamId, planOf(item, now()))
    else names.set(teamId, String(item.name))
  }
  const words = search.trim().toLowerCase()
  const teams = [...plans]
    .map(([teamId, plan]) => ({ teamId, name: names.get(teamId) ?? teamId, plan }))
    .filter(({ teamId, name }) => `${teamId}\n${name}`.toLowerCase().includes(words))
    .toSorted((a, b) => (a.teamId < b.teamId ? -1 : 1))
  return { teams: teams.slice(0, listedMax), hasMore: teams.length > listedMax || !isWhole }
}

function planOf(item: Record<string, unknown>, now: number): FoundTeam['plan'] {
  return fromAccountItem(item).terms.findLast(({ from }) => from <= now)?.plan ?? 'none'
}
