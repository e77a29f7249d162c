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

/** The one team that was named, or every team of the table. Throws `CannotDo` when neither or both were asked for. */
export async function* chosenTeams(table: Table, { team, all }: TeamChoice): AsyncGenerator<Team> {
  if ((team === undefined) !== (all === true)) throw new CannotDo('Name a team, or say --all.')
  if (team === undefined) return yield* accountsOf(table)
  yield await oneTeam(table, team)
}

/** Throws `CannotDo` when there is no such team. */
export async function oneTeam(table: Table, teamId: string): Promise<Team> {
  const item = await getItem(table, accountKey(teamId))
  if (item === undefined) throw new CannotDo(`There is no team ${teamId} in ${table.tableName}.`)
  return { teamId, version: Number(item.version) }
}
