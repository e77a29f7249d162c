import type { Account, Profile } from '../account/account.ts'
import type { Context } from '../catalog/context.ts'
import { type Decision, unchanged } from '../decision.ts'
import { record } from '../journal/record.ts'

export interface RegisterTeam {
  readonly kind: 'register-team'
  readonly name: string
  readonly profile: Profile
}

export interface RegisterTeamContext extends Context {
  /** The team's current name; absent if it has none yet. */
  readonly today?: string
}

/**
 * Registers a team, or changes its name or the facts that pay-as-you-go depends on. The name is not part of the account: it is
 * stored with the version of the entry, which later documents name.
 */
export function registerTeam(
  account: Account,
  { name, profile }: RegisterTeam,
  { now, today }: RegisterTeamContext,
): Decision<undefined> {
  const isRegistered = account.version > 0
  if (isRegistered && today === name && isSameProfile(account.profile, profile))
    return unchanged(account, undefined)
  const isSameBearer = isRegistered && today === name && account.profile.country === profile.country
  const teamVersion = isSameBearer ? account.teamVersion : account.version + 1
  const next = record(account, now, { kind: 'team-changed', profile, teamVersion })
  return { account: next.account, entries: [next.entry], answer: undefined }
}

function isSameProfile(a: Profile, b: Profile): boolean {
  return a.country === b.country && a.paymentMethod === b.paymentMethod && a.standing === b.standing
}
