import { accountsOf } from '../audit/reading.ts'
import { accountKey } from '../lambdas/store/keys.ts'
import { getItem, type Table } from '../lambdas/store/table.ts'
import { CannotDo } from './operating.ts'

export interface Team {
  readonly teamId: string
  /** Version of its account. */
  readonly version: number
}

export interface TeamChoice {
  readonly team?: string | undefined
  readonly all?: boolean | undefined
}

/**
 * Finds the named team, or every team of the table. Throws `CannotDo` unless exactly one of the two is
 * chosen.
 */
export async function* chosenTeams(table: Table, { team, all }: TeamChoice): AsyncGenerator<Team> {
  if ((team === undefined) !== (all === true)) throw new CannotDo('Name a team, or use --all.')
  if (team === undefined) return yield* accountsOf(table)
  yield await oneTeam(table, team)
}

/** Finds a team. Throws `CannotDo` when it does not exist. */
export async function oneTeam(table: Table, teamId: string): Promise<Team> {
  const item = await getItem(table, accountKey(teamId))
  if (item === undefined) throw new CannotDo(`There is no team ${teamId} in ${table.tableName}.`)
  return { teamId, version: Number(item.version) }
}
