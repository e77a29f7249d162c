import type { TeamAnswer } from '../../contract/register-team.ts'
import { registerTeam as call } from '../../contract/register-team.ts'
import type { Account } from '../../core/account/account.ts'
import { putMember } from '../../core/account/members.ts'
import { record } from '../../core/journal/fold.ts'
import type { Refusal } from '../../core/refusal.ts'
import type { Instant } from '../../core/time/time.ts'
import type { Outcome } from '../http/outcome.ts'
import { route } from '../http/route.ts'
import { Busy } from '../runtime/busy.ts'
import type { Deps } from '../runtime/deps.ts'
import type { Write } from '../store/commit.ts'

const overtakenMax = 5

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
    for (let round = 0; round < overtakenMax; round++) {
      const isNamed = (await deps.teams.find(teamId))?.name === name
      const writes = isNamed ? [] : [deps.teams.naming(teamId, 'name', name)]
      if (await change(deps, teamId, profile, writes))
        return { status: 200, body: { teamId, ...body } satisfies TeamAnswer }
    }
    throw new Busy()
  })
}

/** Answers false when the team has got the name meanwhile, by whomever: then there may be nothing left to change. */
async function change(
  deps: Deps,
  teamId: string,
  profile: Account['profile'],
  writes: readonly Write[],
): Promise<boolean> {
  const catalog = await deps.catalog.get()
  const decide = (account: Account, now: Instant) => {
    const isSame = Object.entries(profile).every(
      ([field, value]) => account.profile[field as keyof typeof profile] === value,
    )
    if (account.version > 0 && isSame && writes.length === 0)
      return { account, entries: [], answer: undefined }
    const next = record(account, now, { kind: 'team-changed', profile })
    return { account: next.account, entries: [next.entry], answer: undefined, writes }
  }
  return (await deps.operations.run(teamId, catalog, decide, { isNew: true })) !== 'overtaken'
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
