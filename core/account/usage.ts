import { assertAmount } from '../assert.ts'
import type { Authorization, Usage } from '../journal/entry.ts'
import { type Account, type AppLimit, type MeterState, meterState } from './account.ts'
import { applyCharges, unitsOf } from './charges.ts'
import { addHold, addLimitHold } from './holds.ts'
import { addIncluded, tallyOf, withMeter } from './meters.ts'

/** Adds (or with a negative quantity takes back) what an authorization holds, on its meter and on its app's limit. */
export function addHeld(account: Account, authorization: Authorization, quantity: number): Account {
  const { appId, meter, funding, expiresAt } = authorization
  if (funding === 'unrated' || quantity === 0) return account
  const state = meterState(account, meter)
  const limits = account.limits.map((limit) =>
    isLimitOf(limit, appId, meter) && hasCounted(limit, authorization)
      ? { ...limit, held: addLimitHold(limit.held, expiresAt, quantity) }
      : limit,
  )
  const holds = { [funding]: addHold(state[funding], expiresAt, quantity) }
  return withMeter({ ...account, limits }, meter, { ...state, ...holds })
}

/** Counts use in its month's free amount, or in the remainder and by its charges, and on its app's limit. */
export function countUsage(account: Account, usage: Usage, isLate = false): Account {
  if (usage.funding === 'unrated') return account
  const { appId, meter, quantity, period } = usage
  const limits = account.limits.map((limit) =>
    isLimitOf(limit, appId, meter) && period === account.period
      ? { ...limit, used: limit.used + quantity }
      : limit,
  )
  const counted = withMeter({ ...account, limits }, meter, countQuantity(account, usage))
  return applyCharges(counted, usage.charges, isLate)
}

/** Counts use of a month whose bill is already closed: its units go on the current bill as late units. */
export function countLateUsage(account: Account, usage: Usage): Account {
  return countUsage(account, usage, true)
}

function countQuantity(account: Account, usage: Usage): MeterState {
  const before = meterState(account, usage.meter)
  const state = usage.included === undefined ? before : countIncluded(account, before, usage, usage.included)
  if (usage.funding === 'free') {
    const which = tallyOf(account, usage.period)
    return { ...state, [which]: { ...state[which], free: state[which].free + beyondIncluded(usage) } }
  }
  const remainder = state.remainder + unchargedOf(usage)
  assertAmount(remainder, `remainder of ${usage.meter}`)
  return { ...state, remainder }
}

function countIncluded(account: Account, state: MeterState, { period }: Usage, quantity: number): MeterState {
  const which = tallyOf(account, period)
  return { ...state, [which]: addIncluded(state[which], quantity) }
}

/** Base units of a use that no included amount gave, and that no cap waived. */
export function beyondIncluded({
  quantity,
  included = 0,
  waived = 0,
}: Pick<Usage, 'quantity' | 'included' | 'waived'>): number {
  return quantity - included - waived
}

/** Base units that a paid use adds to its meter's remainder: those neither included nor charged. Zero for other use. */
export function unchargedOf(usage: Usage): number {
  const { funding, unitSize = 0, charges } = usage
  return funding === 'paid' ? beyondIncluded(usage) - unitsOf(charges) * unitSize : 0
}

/** False for an authorization that was too old to be found when the limit was set: it counts when it is used. */
function hasCounted({ fromVersion = 0 }: AppLimit, { grantVersion = 0 }: Authorization): boolean {
  return grantVersion >= fromVersion
}

function isLimitOf(limit: AppLimit, appId: string, meter: string): boolean {
  return limit.appId === appId && limit.meter === meter
}
