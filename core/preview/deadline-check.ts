import type { Account } from '../account/account.ts'
import type { Context } from '../catalog/context.ts'
import type { Denial } from '../funding/denial.ts'
import { earliest, type Instant } from '../time/time.ts'
import { appRefusal } from './outlook.ts'

/** The deadline that comes first, or undefined without a campaign. */
export function firstDeadline({ catalog }: Pick<Context, 'catalog'>): Instant | undefined {
  return earliest(...catalog.campaigns.map(({ deadlineAt }) => deadlineAt))
}

/**
 * The refusal of every call by the team's apps in its hub, or by those outside it, if the deadline were now: the decision of an
 * authorization on a catalog whose campaigns end now. Undefined where the deadline changes nothing: the apps comply, their calls
 * are refused already, or no deadline is ahead.
 */
export function refusalAtDeadline(
  account: Account,
  isInHub: boolean,
  { now, catalog }: Context,
): Denial | undefined {
  const deadlineAt = firstDeadline({ catalog })
  if (deadlineAt === undefined || deadlineAt <= now) return undefined
  if (appRefusal(account, isInHub, now, catalog) !== undefined) return undefined
  const campaigns = catalog.campaigns.map((campaign) => ({ ...campaign, deadlineAt: now }))
  return appRefusal(account, isInHub, now, { ...catalog, campaigns })
}
