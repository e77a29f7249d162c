import { acceptMembership as acceptCall } from '../../contract/accept-membership.ts'
import { chooseTeam as chooseCall } from '../../contract/choose-team.ts'
import { type MeAnswer, getMe as meCall } from '../../contract/get-me.ts'
import { instantToJson } from '../../contract/instant.ts'
import { leaveTeam as leaveCall } from '../../contract/leave-team.ts'
import { acceptInvitation, leaveTeam as leave } from '../../core/account/members.ts'
import { refuse } from '../../core/refusal.ts'
import type { Caller } from '../http/caller.ts'
import { notFound, type Outcome } from '../http/outcome.ts'
import { route } from '../http/route.ts'
import type { TeamDeps } from '../runtime/team-deps.ts'
import { firstOf, type Membership } from '../store/memberships.ts'

/** Shows the caller's teams and open invitations. If the token states the team, it is the only one. */
export function getMe(deps: TeamDeps) {
  return route(meCall, async ({ caller }): Promise<Outcome> => {
    const { subject, email } = caller
    if (email === undefined) return { status: 200, body: claimedToJson(caller) }
    const memberships = await deps.memberships.ofEmail(email)
    const first = firstOf(memberships)
    const teams = await Promise.all(memberships.map((membership) => membershipToJson(deps, membership)))
    const body: MeAnswer = { subject, email, ...(first && { firstTeamId: first.teamId }), teams }
    return { status: 200, body }
  })
}

/** Chooses the team that the page opens first, unless it is that already. It changes nothing else. */
export function chooseTeam(deps: TeamDeps) {
  return route(chooseCall, async ({ caller: { email }, body: { teamId } }): Promise<Outcome> => {
    if (email === undefined) return refuse('NOT_HERE')
    if (firstOf(await deps.memberships.ofEmail(email))?.teamId === teamId) return { status: 204 }
    const isChosen = await deps.memberships.choose(email, teamId, deps.clock.now())
    return isChosen ? { status: 204 } : notFound
  })
}

/** Accepts an invitation. Accepting again changes nothing. */
export function acceptMembership(deps: TeamDeps) {
  return route(acceptCall, async ({ caller: { email }, params: { teamId } }): Promise<Outcome> => {
    if (email === undefined) return refuse('NOT_HERE')
    if ((await deps.memberships.find(email, teamId)) === undefined) return notFound
    const now = deps.clock.now()
    const changed = await deps.members.change(teamId, (members) => acceptInvitation(members, email, now))
    if ('refused' in changed) return changed
    return changed.after === undefined ? notFound : { status: 204 }
  })
}

/** Leaves a team, or declines its invitation. For a team without the caller it does nothing. */
export function leaveTeam(deps: TeamDeps) {
  return route(leaveCall, async ({ caller: { email }, params: { teamId } }): Promise<Outcome> => {
    if (email === undefined) return refuse('NOT_HERE')
    const changed = await deps.members.change(teamId, (members) => leave(members, email))
    return 'refused' in changed ? changed : { status: 204 }
  })
}

function claimedToJson({ subject, teamId, role }: Caller): MeAnswer {
  if (teamId === undefined) return { subject, teams: [] }
  const team = { teamId, role: role ?? 'developer', state: 'accepted' } as const
  return { subject, firstTeamId: teamId, teams: [team] }
}

async function membershipToJson(
  deps: TeamDeps,
  { teamId, role, since, isInvited }: Membership,
): Promise<MeAnswer['teams'][number]> {
  const name = (await deps.teams.find(teamId))?.name
  const state = isInvited === true ? 'invited' : 'accepted'
  return { teamId, name, role, state, since: instantToJson(since) }
}
