import type { Account, Profile } from '../account/account.ts'
import type { Context } from '../catalog/context.ts'
import { type Decision, unchanged } from '../decision.ts'
import { payShortfall } from '../funding/pay-shortfall.ts'
import { record } from '../journal/record.ts'

export interface RegisterTeam {
  readonly kind: 'register-team'
  readonly name: string
  readonly profile: Profile
  readonly reason?: string | undefined
  /** The name and profile that the caller has read: nothing is set where others are in force by now. */
  readonly expected?: { readonly name: string; readonly profile: Profile } | undefined
}

export interface RegisterTeamContext extends Context {
  /** The team's current name; absent if it has none yet. */
  readonly today?: string
}

/**
 * Registers a team, or changes its name or the facts that pay-as-you-go depends on. Where pay-as-you-go can pay again, it
 * pays shortfall first. The name is not part of the account: it is stored with the version of the entry, which later documents
 * name.
 */
export function registerTeam(
  account: Account,
  { name, profile, reason, expected }: RegisterTeam,
  { now, today, catalog }: RegisterTeamContext,
): Decision<'stale' | undefined> {
  if (
    expected !== undefined &&
    !(today === expected.name && isSameProfile(account.profile, expected.profile))
  )
    return unchanged(account, 'stale')
  const isRegistered = account.version > 0
  if (isRegistered && today === name && isSameProfile(account.profile, profile))
    return unchanged(account, undefined)
  const isSameBearer = isRegistered && today === name && account.profile.country === profile.country
  const teamVersion = isSameBearer ? account.teamVersion : account.version + 1
  const given = reason === undefined ? {} : { reason }
  const body = { kind: 'team-changed', profile, teamVersion, ...given } as const
  const paidShortfall = payShortfall(record(account, now, body).account, now, catalog)
  const next = record(account, now, { ...body, ...(paidShortfall.length > 0 && { paidShortfall }) })
  return { account: next.account, entries: [next.entry], answer: undefined }
}

function isSameProfile(a: Profile, b: Profile): boolean {
  return a.country === b.country && a.paymentMethod === b.paymentMethod && a.standing === b.standing
}
