import { allTeams } from './directory-row.ts'
import { followersOf, isBehind } from './followers.ts'
import { openShards } from './keys.ts'
import { OpenWorkStore } from './open-work.ts'
import type { Table } from './table.ts'
import { placesOf } from './team-lists.ts'

const teamsPerPage = 1_000

export interface BehindAsk {
  /** The most teams that are returned. */
  readonly teamsMax: number
  /** True when there is no time to examine more teams. */
  readonly isLate: () => boolean
}

/**
 * Teams whose usage view or events are behind the account, with the account's version. The teams come from the directory. A new
 * team is not in it while its changes are not followed, but its missing plan is marked.
 */
export async function findTeamsBehind(
  table: Table,
  { teamsMax, isLate }: BehindAsk,
): Promise<readonly { readonly teamId: string; readonly version: number }[]> {
  const behind = new Map<string, number>()
  for await (const teamIds of pagesOfTeams(table)) {
    const late = (await followersOf(table, teamIds)).filter(
      (follower) => follower.follower !== 'archive' && isBehind(follower),
    )
    for (const { teamId, version } of late) behind.set(teamId, version)
    if (behind.size >= teamsMax || isLate()) break
  }
  return [...behind].slice(0, teamsMax).map(([teamId, version]) => ({ teamId, version }))
}

/** Teams with open work, which include every new one, and then all of the directory. */
async function* pagesOfTeams(table: Table): AsyncGenerator<readonly string[]> {
  const openWork = new OpenWorkStore(table)
  for (let shard = 0; shard < openShards; shard++) yield await openWork.teams(shard, '', teamsPerPage)
  let after: string | undefined
  for (;;) {
    const places = await placesOf(table, { list: allTeams, prefix: '', after, limit: teamsPerPage })
    yield places.map(({ teamId }) => teamId)
    after = places.at(-1)?.sortKey
    if (places.length < teamsPerPage) return
  }
}
