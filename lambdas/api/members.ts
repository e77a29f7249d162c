import { instantToJson } from '../../contract/instant.ts'
import type { MembersAnswer } from '../../contract/list-members.ts'
import { listMembers as listCall } from '../../contract/list-members.ts'
import type { MemberAnswer } from '../../contract/member.ts'
import { sayToPeople } from '../../contract/people-messages.ts'
import { putMember as putCall } from '../../contract/put-member.ts'
import { removeMember as removeCall } from '../../contract/remove-member.ts'
import {
  type Member,
  type MemberChange,
  putMember as put,
  removeMember as remove,
} from '../../core/account/members.ts'
import type { Refusal } from '../../core/refusal.ts'
import { type Asked, previewOutcome, previewSetup } from '../acts/preview-act.ts'
import { etagOf, isExpected } from '../http/etag.ts'
import { badRequest, notFound, type Outcome, preconditionFailed } from '../http/outcome.ts'
import { hubRoute } from '../http/route.ts'
import type { TeamDeps } from '../runtime/team-deps.ts'

/** The people of a team. */
export function listMembers(deps: TeamDeps) {
  return hubRoute(deps, listCall, async ({ params }): Promise<Outcome> => {
    const { teamId } = params
    const [team, members] = await Promise.all([deps.teams.find(teamId), deps.members.list(teamId)])
    if (team === undefined) return notFound
    return { status: 200, body: listToJson(members) }
  })
}

/** Invites a person, or changes a member's address or role. The same call again writes nothing. `If-Match` names the list of members. */
export function putMember(deps: TeamDeps) {
  return hubRoute(deps, putCall, async ({ params, body, headers }): Promise<Outcome> => {
    const { teamId, memberId } = params
    if ((await deps.teams.find(teamId)) === undefined) return notFound
    if (body.memberId !== undefined && body.memberId !== memberId)
      return badRequest({ pointer: '/memberId', message: sayToPeople('memberIdOfPath') })
    const member = { memberId, email: body.email, role: body.role, since: deps.clock.now() }
    let isStale = false
    const changed = await deps.members.change(teamId, (members) => {
      isStale = !isExpected(headers['if-match'], etagOf(listToJson(members)))
      return isStale ? {} : put(members, member)
    })
    if (isStale) return preconditionFailed
    if ('refused' in changed) return changed
    return { status: 200, body: toJson(changed.after ?? member) }
  })
}

/** Removes a member, and so what an address may do in the team. Unknown members are ignored. Operators may remove anyone. */
export function removeMember(deps: TeamDeps) {
  return hubRoute(deps, removeCall, async ({ params, query, isOperator, language }): Promise<Outcome> => {
    const { teamId, memberId } = params
    const asker = isOperator ? 'operator' : 'admin'
    if ((await deps.teams.find(teamId)) === undefined) return notFound
    const removal = (members: readonly Member[]) => remove(members, memberId, asker)
    if (query.preview) return previewRemoval(deps, { teamId, language }, removal)
    const changed = await deps.members.change(teamId, removal, query.reason)
    return 'refused' in changed ? changed : { status: 204 }
  })
}

async function previewRemoval(
  deps: TeamDeps,
  asked: Asked,
  removal: (members: readonly Member[]) => MemberChange | Refusal,
): Promise<Outcome> {
  const shown = await previewSetup(deps, asked, (setup) => {
    const removed = removal(setup.members)
    if ('refused' in removed) return removed
    return { ...setup, members: setup.members.filter((member) => member !== removed.before) }
  })
  return previewOutcome(shown)
}

function listToJson(members: readonly Member[]): MembersAnswer {
  return { members: members.map(toJson) }
}

function toJson({ memberId, email, role, since, isInvited }: Member): MemberAnswer {
  const state = isInvited === true ? 'invited' : 'accepted'
  return { memberId, email, role, state, since: instantToJson(since) }
}
