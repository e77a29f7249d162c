import type { TeamAnswer } from '../../contract/register-team.ts'
import { registerTeam as call } from '../../contract/register-team.ts'
import { type Member, type MemberChange, putMember } from '../../core/account/members.ts'
import type { RegisterTeam } from '../../core/commands/register-team.ts'
import type { Refusal } from '../../core/refusal.ts'
import { type Asked, previewAct } from '../acts/preview-act.ts'
import { readExpected } from '../acts/read-team.ts'
import { notFound, type Outcome, preconditionFailed } from '../http/outcome.ts'
import { route } from '../http/route.ts'
import type { TeamDeps } from '../runtime/team-deps.ts'

type Admin = Pick<Member, 'memberId' | 'email'>

/**
 * Registers a team, or changes the facts that pay-as-you-go depends on, and invites an admin. The same call again writes
 * nothing.
 */
export function registerTeam(deps: TeamDeps) {
  return route(call, async ({ params: { teamId }, body, query, headers, language }): Promise<Outcome> => {
    const { reason, ...answered } = body
    const { name, country, paymentMethod, standing, admin } = answered
    const read = await readExpected(deps, teamId, headers['if-match'])
    if (read === 'stale') return preconditionFailed
    const command: RegisterTeam = {
      kind: 'register-team',
      name,
      profile: { country, paymentMethod, standing },
      reason,
      expected: read && { name: read.team.name, profile: read.account.profile },
    }
    const { preview } = query
    if (preview) return previewed(deps, { teamId, language, command, admin, body: answered })
    // The admin comes first: if that is refused, nothing has changed.
    const refusal = admin === undefined ? undefined : await makeAdmin(deps, teamId, admin, reason)
    if (refusal !== undefined) return refusal
    const result = await deps.operations.run(teamId, command)
    if (result !== 'absent' && 'answer' in result && result.answer === 'stale') return preconditionFailed
    return { status: 200, body: { teamId, ...answered } satisfies TeamAnswer }
  })
}

interface Previewed extends Asked {
  readonly command: RegisterTeam
  readonly admin: Admin | undefined
  readonly body: Omit<TeamAnswer, 'teamId'>
}

async function previewed(deps: TeamDeps, { command, admin, body, ...asked }: Previewed): Promise<Outcome> {
  const { teamId } = asked
  const members = await deps.members.list(teamId)
  const changed = admin === undefined ? {} : inviteAdmin(members, admin, deps.clock.now())
  if ('refused' in changed) return changed
  const { before, after } = changed
  const others = members.filter((member) => member !== before || after === undefined)
  const setup = { name: command.name, members: after === undefined ? others : [...others, after] }
  const shown = await previewAct(deps, { ...asked, ...setup }, command)
  if (shown === 'absent') return notFound
  if ('refused' in shown) return shown
  if (shown.answer === 'stale') return preconditionFailed
  const { status, effect } = shown
  return { status: 200, body: { teamId, ...body, status, effect } satisfies TeamAnswer }
}

async function makeAdmin(
  deps: TeamDeps,
  teamId: string,
  admin: Admin,
  reason: string | undefined,
): Promise<Refusal | undefined> {
  const at = deps.clock.now()
  const changed = await deps.members.change(teamId, (members) => inviteAdmin(members, admin, at), reason)
  return 'refused' in changed ? changed : undefined
}

function inviteAdmin(members: readonly Member[], admin: Admin, since: number): MemberChange | Refusal {
  return putMember(members, { ...admin, role: 'admin', since }, 'operator')
}
