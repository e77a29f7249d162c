import type { TeamAnswer } from '../../contract/register-team.ts'
import { registerTeam as call } from '../../contract/register-team.ts'
import { putMember } from '../../core/account/members.ts'
import type { Refusal } from '../../core/refusal.ts'
import type { Outcome } from '../http/outcome.ts'
import { route } from '../http/route.ts'
import type { TeamDeps } from '../runtime/team-deps.ts'

/**
 * Registers a team, or changes the facts that pay-as-you-go depends on, and invites an admin. The same call again writes
 * nothing.
 */
export function registerTeam(deps: TeamDeps) {
  return route(call, async ({ params: { teamId }, body }): Promise<Outcome> => {
    const { name, country, paymentMethod, standing, admin } = body
    // The admin comes first: if that is refused, nothing has changed.
    const refusal = admin === undefined ? undefined : await makeAdmin(deps, teamId, admin)
    if (refusal !== undefined) return refusal
    const profile = { country, paymentMethod, standing }
    await deps.operations.run(teamId, { kind: 'register-team', name, profile })
    return { status: 200, body: { teamId, ...body } satisfies TeamAnswer }
  })
}

async function makeAdmin(
  deps: TeamDeps,
  teamId: string,
  admin: { readonly memberId: string; readonly email: string },
): Promise<Refusal | undefined> {
  const member = { ...admin, role: 'admin', since: deps.clock.now() } as const
  const changed = await deps.members.change(teamId, (members) => putMember(members, member, 'operator'))
  return 'refused' in changed ? changed : undefined
}
