import { instantToJson } from '../../contract/instant.ts'
import {
  type ActAnswer,
  type ActivityAnswer,
  actColumns,
  listActivity as call,
} from '../../contract/list-activity.ts'
import { freeText, mayHaveReason } from '../../core/journal/erasure.ts'
import { actorToJson } from '../http/actor-json.ts'
import { toCsv } from '../http/csv.ts'
import { preferredMediaType } from '../http/negotiate.ts'
import { type Answer, notFound, type Outcome } from '../http/outcome.ts'
import { hubRoute } from '../http/route.ts'
import { atOnce } from '../runtime/at-once.ts'
import type { TeamDeps } from '../runtime/team-deps.ts'
import type { ActivityFilter, ActivityFound, ListedActivity } from '../store/activity.ts'

const readsAtOnce = 16

/**
 * Lists the acts of a team's people and of operators for it, newest first, as JSON or CSV. A filter stops after some reads, so
 * while there is a cursor, an answer may be short, and even empty.
 */
export function listActivity(deps: TeamDeps) {
  return hubRoute(deps, call, async ({ params: { teamId }, query, headers }): Promise<Outcome> => {
    if ((await deps.operations.load(teamId)) === undefined) return notFound
    const { cursor, limit, ...filter } = query
    const found = await deps.activity.find({
      teamId,
      limit,
      filter,
      ...(cursor !== undefined && { before: cursor }),
    })
    const reasons = await reasonsOf(deps, teamId, found.acts)
    const activity = found.acts.map((act) => actToJson(act, found.addresses, reasons))
    if (preferredMediaType(headers.accept, ['application/json', 'text/csv']) === 'text/csv')
      return toFile({ teamId, limit, filter }, found, activity)
    const { last } = found
    const isFiltered = Object.values(filter).some((value) => value !== undefined)
    const body: ActivityAnswer = {
      activity,
      ...(last && { cursor: last.actId }),
      ...(last && isFiltered && { searchedUntil: instantToJson(last.at) }),
    }
    return { status: 200, body }
  })
}

/** The reasons of entries, by version. Only the entry contains its reason, so that an erasure finds it in one place. */
async function reasonsOf(
  { journal }: TeamDeps,
  teamId: string,
  acts: readonly ListedActivity[],
): Promise<ReadonlyMap<number, string>> {
  const reasons = new Map<number, string>()
  const versions = acts.flatMap(({ kind, version }) =>
    version !== undefined && mayHaveReason(kind) ? [version] : [],
  )
  await atOnce(versions, readsAtOnce, async (version) => {
    const { entries } = await journal.range(teamId, version, version)
    const free = entries[0] && freeText(entries[0])
    if (free?.field === 'reason') reasons.set(version, free.text)
  })
  return reasons
}

function actToJson(
  act: ListedActivity,
  addresses: ReadonlyMap<string, string>,
  reasons: ReadonlyMap<number, string>,
): ActAnswer {
  const { actId, at, actor, kind, targetId, version, member, changed, name } = act
  const reason = act.reason ?? (version === undefined ? undefined : reasons.get(version))
  return {
    actId,
    at: instantToJson(at),
    actor: actorToJson(actor, { addresses }),
    kind,
    ...(targetId !== undefined && { targetId }),
    ...(version !== undefined && { version }),
    ...(member !== undefined && { member }),
    ...(changed !== undefined && { changed: [...changed] }),
    ...(name !== undefined && { name }),
    ...(reason !== undefined && { reason }),
  }
}

interface AskedPage {
  readonly teamId: string
  readonly limit: number
  readonly filter: ActivityFilter
}

function toFile(
  { teamId, limit, filter }: AskedPage,
  { last }: ActivityFound,
  acts: readonly ActAnswer[],
): Answer {
  const asked = Object.entries({ ...filter, limit: String(limit), cursor: last?.actId })
  const query = new URLSearchParams(
    asked.flatMap(([name, value]): [string, string][] => (value === undefined ? [] : [[name, value]])),
  )
  const rows = acts.map(({ at, actor, kind, targetId, version, member, changed, reason }) => ({
    at,
    actor: actor.email ?? actor.subject,
    kind,
    target: targetId,
    entry: version,
    member: member?.email,
    role: member?.role,
    changed: changed?.join(' '),
    reason,
  }))
  return {
    status: 200,
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="activity-${teamId}.csv"`,
      ...(last && { link: `</v1/teams/${teamId}/activity?${query}>; rel="next"` }),
    },
    body: toCsv(rows, actColumns),
  }
}
