import { record } from '../../core/account/apply.ts'
import type { Refusal } from '../../core/refusal.ts'
import { putMember } from '../../core/team/members.ts'
import type { Outcome } from '../http/outcome.ts'
import { route } from '../http/route.ts'
import type { Deps } from '../runtime/deps.ts'
import { registerTeam as call } from '../schema/ops.ts'
import type { TeamAnswer } from '../schema/ops-answers.ts'

/**
 * Registers a team, or changes what pay-as-you-go depends on; and makes somebody its admin. Saying the same again writes
 * nothing.
 */
export function registerTeam(deps: Deps) {
  return route(call, async ({ params, body }): Promise<Outcome> => {
    const { teamId } = params
    const { name, country, paymentMethod, standing, admin } = body
    const profile = { country, paymentMethod, standing }
    // The admin first: where that is refused, nothing has changed.
    const refusal = admin === undefined ? undefined : await makeAdmin(deps, teamId, admin)
    if (refusal !== undefined) return refusal
    const team = await deps.teams.find(teamId)
    await deps.operations.run(
      teamId,
      await deps.catalog.get(),
      (account, now) => {
        const isSame = Object.entries(profile).every(
          ([field, value]) => account.profile[field as keyof typeof profile] === value,
        )
        if (account.version > 0 && isSame && team?.name === name)
          return { account, entries: [], answer: undefined }
        const next = record(account, now, { kind: 'team-changed', profile })
        return {
          account: next.account,
          entries: [next.entry],
          answer: undefined,
          writes: [deps.teams.naming(teamId, 'name', name)],
        }
      },
      { isNew: true },
    )
    return { status: 200, body: { teamId, ...body } satisfies TeamAnswer }
  })
}

async function makeAdmin(
  deps: Deps,
  teamId: string,
  admin: { readonly memberId: string; readonly email: string },
): Promise<Refusal | undefined> {
  const member = { ...admin, role: 'admin', since: deps.clock.now() } as const
  const changed = await deps.members.change(teamId, (members) => putMember(members, member))
  return 'refused' in changed ? changed : undefined
}
