import type { HoldSum } from '../account/account.ts'
import { addHold } from '../account/holds.ts'
import type { Instant, Period } from '../time/time.ts'
import type { Authorization, Entry, Usage } from './entry.ts'

/** One app on one meter. */
export interface AppOnMeter {
  readonly appId: string
  readonly meter: string
}

/** Use and open authorizations that count against a limit from the start. */
export interface AppUse {
  readonly used: number
  readonly held: readonly HoldSum[]
  /** Authorizations that entries before this version granted are not in `held`. Absent where all are. */
  readonly fromVersion?: number
}

/** Base units that an entry adds to the use of an app in a period, or with a reversal takes off it. */
export function countedUse(entry: Entry, { appId, meter }: AppOnMeter, period: Period): number {
  const isCounted = (usage: Usage) =>
    usage.appId === appId && usage.meter === meter && usage.period === period && usage.funding !== 'unrated'
  if (entry.kind === 'reversal')
    return -entry.uses.reduce((sum, { usage }) => (isCounted(usage) ? sum + usage.quantity : sum), 0)
  if (entry.kind !== 'capture' && entry.kind !== 'usage') return 0
  return isCounted(entry.usage) ? entry.usage.quantity : 0
}

/** The authorization on a meter that an entry leaves behind; undefined where the entry has none. */
export function authorizationOn(entry: Entry, meter: string): Authorization | undefined {
  if (!('authorization' in entry)) return undefined
  const { authorization } = entry
  return authorization.meter === meter && authorization.funding !== 'unrated' ? authorization : undefined
}

/** Base units that an authorization still holds at an instant. */
export function stillHeld({ held, expiresAt }: Authorization, now: Instant): number {
  return expiresAt > now ? held : 0
}

/** Sums of what authorizations still hold, by the instant at which they end. */
export function holdSums(authorizations: readonly Authorization[], now: Instant): readonly HoldSum[] {
  return authorizations.reduce<readonly HoldSum[]>((sums, authorization) => {
    const held = stillHeld(authorization, now)
    return held === 0 ? sums : addHold(sums, authorization.expiresAt, held)
  }, [])
}
