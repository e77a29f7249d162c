import { type Account, spentUsdCents, termsAt, tokensLeft } from '../account/account.ts'
import type { Member } from '../account/members.ts'
import type { Subscription } from '../account/subscriptions.ts'
import type { Context } from '../catalog/context.ts'
import { countTeam } from '../directory/states.ts'
import { isPayAsYouGo } from '../funding/pay-as-you-go.ts'
import type { App } from '../migration/compliance.ts'
import { appRefusal, outlook, type Refused } from './outlook.ts'

/** Facts of a team that its account does not contain. */
export interface TeamSetup {
  readonly name: string
  readonly apps: readonly App[]
  readonly members: readonly Member[]
}

/** Everything that a support person compares before and after an act. */
export interface TeamFacts {
  readonly name: string
  readonly profile: Account['profile']
  readonly plan: 'none' | 'free' | 'paid'
  /** True if pay-as-you-go can pay now. */
  readonly payAsYouGo: boolean
  readonly suspendedBecause?: string | undefined
  readonly milliTokens: number
  readonly creditUsdCents: number
  readonly owedUsdCents: number
  /** Charges of this month, and of the previous one until its bill exists. */
  readonly billUsdCents: number
  readonly unbilledUsdCents: number
  /** Charged units that nobody has paid. */
  readonly shortfallUnits: number
  readonly subscriptions: readonly Subscription[]
  readonly apps: number
  /** Apps that may make some call. */
  readonly appsWorking: number
  readonly members: number
  /** Admins who have accepted. */
  readonly admins: number
  readonly refused: readonly Refused[]
}

/** The facts of a team at an instant. `account` has been advanced to `now`. */
export function teamFacts(
  account: Account,
  { name, apps, members }: TeamSetup,
  { now, catalog }: Context,
): TeamFacts {
  const counts = countTeam(apps, members)
  const mayWork = (isInHub: boolean) => appRefusal(account, isInHub, now, catalog) === undefined
  return {
    name,
    profile: account.profile,
    plan: termsAt(account, now).plan,
    payAsYouGo: isPayAsYouGo(account, now, catalog),
    suspendedBecause: account.suspendedBecause,
    milliTokens: tokensLeft(account),
    creditUsdCents: account.creditUsdCents,
    owedUsdCents: account.dues.reduce((sum, { usdCents }) => sum + usdCents, 0),
    billUsdCents: spentUsdCents(account, 'current'),
    unbilledUsdCents: spentUsdCents(account, 'previous'),
    shortfallUnits: account.shortfall.reduce((sum, { units }) => sum + units, 0),
    subscriptions: account.subscriptions,
    apps: counts.apps,
    appsWorking:
      (mayWork(true) ? counts.apps - counts.appsOutsideHub : 0) +
      (mayWork(false) ? counts.appsOutsideHub : 0),
    members: members.length,
    admins: counts.admins,
    refused: outlook(account, now, catalog).refused,
  }
}
