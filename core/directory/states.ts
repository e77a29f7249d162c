import { type Account, termsAt } from '../account/account.ts'
import type { Member } from '../account/members.ts'
import type { App } from '../migration/compliance.ts'
import type { Instant } from '../time/time.ts'

/** States in which a team may need an operator. A team may be in several. */
export const teamStates = [
  'suspended',
  'overdue',
  'shortfall',
  'no-plan',
  'apps-outside-hub',
  'invitation-open',
  'no-admin',
] as const

export type TeamState = (typeof teamStates)[number]

/** Counts of a team's apps and people, which no account contains. */
export interface TeamCounts {
  readonly apps: number
  readonly appsOutsideHub: number
  readonly admins: number
  readonly invitations: number
}

/** Counts apps and people. An invited admin is no admin yet: the invitation may be declined. */
export function countTeam(apps: readonly App[], members: readonly Member[]): TeamCounts {
  return {
    apps: apps.length,
    appsOutsideHub: apps.filter(({ isInHub }) => !isInHub).length,
    admins: members.filter(({ role, isInvited }) => role === 'admin' && isInvited !== true).length,
    invitations: members.filter(({ isInvited }) => isInvited === true).length,
  }
}

/** The states of a team at an instant, in the order of `teamStates`. */
export function statesOf(account: Account, counts: TeamCounts, now: Instant): readonly TeamState[] {
  const isIn: Readonly<Record<TeamState, boolean>> = {
    suspended: account.suspendedBecause !== undefined,
    overdue: account.overdueSince !== undefined,
    shortfall: account.shortfall.length > 0,
    'no-plan': termsAt(account, now).plan === 'none',
    'apps-outside-hub': counts.appsOutsideHub > 0,
    'invitation-open': counts.invitations > 0,
    'no-admin': counts.admins === 0,
  }
  return teamStates.filter((state) => isIn[state])
}
