import { listLags as call, type LagsAnswer } from '../../contract/list-lags.ts'
import type { Outcome } from '../http/outcome.ts'
import { route } from '../http/route.ts'
import type { Deps } from '../runtime/deps.ts'
import { allTeams } from '../store/directory-row.ts'
import { followersOf, isBehind, isHalted } from '../store/followers.ts'
import { listingKey } from '../store/keys.ts'
import { placesOf } from '../store/team-lists.ts'

/** Examines the readers of a page of the teams, of which each is four items. */
export function listLags({ table }: Pick<Deps, 'table'>) {
  return route(call, async ({ query: { cursor, limit } }): Promise<Outcome> => {
    const after = cursor && listingKey({ list: allTeams, order: '' }, cursor).sk
    const places = await placesOf(table, { list: allTeams, prefix: '', after, limit })
    const found = await followersOf(
      table,
      places.map(({ teamId }) => teamId),
    )
    const lags = found.filter((follower) => isBehind(follower) || isHalted(follower))
    const last = places.length === limit ? places.at(-1) : undefined
    const body: LagsAnswer = {
      examined: places.length,
      lags: lags.map((lag) => ({
        teamId: lag.teamId,
        reader: lag.follower,
        entries: Math.max(0, lag.version - lag.cursor),
        isHalted: isHalted(lag),
      })),
      ...(last !== undefined && { cursor: last.teamId }),
    }
    return { status: 200, body }
  })
}
