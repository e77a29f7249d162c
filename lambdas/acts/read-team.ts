import { etagOf, isExpected } from '../http/etag.ts'
import { type TeamRead, teamToJson } from '../http/team-json.ts'
import type { TeamDeps } from '../runtime/team-deps.ts'

/** Reads a team for its details; undefined where it does not exist. */
export async function readTeam(deps: TeamDeps, teamId: string): Promise<TeamRead | undefined> {
  const [account, team, catalog] = await Promise.all([
    deps.operations.load(teamId),
    deps.teams.find(teamId),
    deps.catalog.get(),
  ])
  if (account === undefined || team === undefined) return undefined
  return { account, team, catalog, now: deps.clock.now() }
}

/**
 * Reads the team that a change is about, if the caller sent `If-Match`: `stale` if it is not the team that the caller has read.
 * The decision then expects the same facts, because the team may change until it is made.
 */
export async function readExpected(
  deps: TeamDeps,
  teamId: string,
  ifMatch: string | undefined,
): Promise<TeamRead | 'stale' | undefined> {
  if (ifMatch === undefined) return undefined
  const read = await readTeam(deps, teamId)
  return read !== undefined && isExpected(ifMatch, etagOf(teamToJson(read))) ? read : 'stale'
}
