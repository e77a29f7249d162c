import { type Account, termsAt } from '../account/account.ts'
import type { Catalog } from '../catalog/catalog.ts'
import { earliest, type Instant } from '../time/time.ts'

/** One OAuth client. Once it is in its team's developer hub it stays there. */
export interface App {
  readonly appId: string
  readonly teamId: string
  readonly name: string
  readonly isInHub: boolean
}

/** The things that an app may lack, in the order of refusals: it complies in its team's hub, and with a plan of the team. */
export type Missing = 'APP_NOT_IN_HUB' | 'NO_PLAN'

export interface Compliance {
  /** Everything that it lacks; empty when it complies. */
  readonly missing: readonly Missing[]
  /** The first instant of refusal for missing things; absent while no campaign has set one. */
  readonly stopsAt?: Instant
}

/** Finds what an app lacks, and the first instant of its refusal. Deadlines are compared with `now` and nothing else. */
export function complianceOf(app: App, account: Account, now: Instant, catalog: Catalog): Compliance {
  const hasPlan = termsAt(account, now).plan !== 'none'
  const missing: Missing[] = []
  if (!app.isInHub) missing.push('APP_NOT_IN_HUB')
  if (!hasPlan) missing.push('NO_PLAN')
  if (missing.length === 0) return { missing }
  const deadlines = catalog.campaigns.map((campaign) => campaign.deadlineAt)
  return { missing, stopsAt: earliest(...deadlines) }
}
