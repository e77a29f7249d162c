import { instantToJson } from '../../contract/instant.ts'
import { type ActAnswer, type ActivityAnswer, listActivity as call } from '../../contract/list-activity.ts'
import { actorToJson } from '../http/actor-json.ts'
import { notFound, type Outcome } from '../http/outcome.ts'
import { hubRoute } from '../http/route.ts'
import type { TeamDeps } from '../runtime/team-deps.ts'
import type { ListedActivity } from '../store/activity.ts'

/** Lists the acts of a team's people and of operators for it, newest first. */
export function listActivity(deps: TeamDeps) {
  return hubRoute(deps, call, async ({ params: { teamId }, query: { cursor, limit } }): Promise<Outcome> => {
    if ((await deps.operations.load(teamId)) === undefined) return notFound
    const acts = await deps.activity.newest(teamId, cursor, limit)
    const addresses = await deps.activity.addresses(
      teamId,
      acts.map(({ actor }) => actor),
    )
    const last = acts.length === limit ? acts.at(-1)?.actId : undefined
    const activity = acts.map((act) => actToJson(act, addresses))
    return { status: 200, body: { activity, ...(last && { cursor: last }) } satisfies ActivityAnswer }
  })
}

function actToJson(act: ListedActivity, addresses: ReadonlyMap<string, string>): ActAnswer {
  const { actId, at, actor, kind, targetId, version, member, changed } = act
  return {
    actId,
    at: instantToJson(at),
    actor: actorToJson(actor, addresses),
    kind,
    ...(targetId !== undefined && { targetId }),
    ...(version !== undefined && { version }),
    ...(member !== undefined && { member }),
    ...(changed !== undefined && { changed: [...changed] }),
  }
}
