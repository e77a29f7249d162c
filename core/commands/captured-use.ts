import { type Account, meterState } from '../account/account.ts'
import { applyCharges } from '../account/charges.ts'
import { addHold, heldAt } from '../account/holds.ts'
import { addIncluded, withMeter } from '../account/meters.ts'
import { addHeld } from '../account/usage.ts'
import { type Rate, rateAt } from '../catalog/catalog.ts'
import type { Context } from '../catalog/context.ts'
import { chargeable } from '../funding/budget.ts'
import { beyondCost, beyondQuantity, countCharges } from '../funding/cap.ts'
import { chargeHeld, chargeUnheld } from '../funding/charge.ts'
import { completeUnits } from '../funding/demand.ts'
import { mayHoldMoneyAndTokens } from '../funding/grants.ts'
import { includedForFree, includedLeft, spareIncluded } from '../funding/included.ts'
import type { Authorization, Cap, Charge, Usage } from '../journal/entry.ts'

interface CapturedContext extends Context {
  /** The authorization before the capture. */
  readonly authorization: Authorization
}

/** Base units of a capture: new use, the part of it that was held, and what the hold gives back. */
export interface Parts {
  readonly more: number
  readonly fromHold: number
  readonly released: number
}

/** The parts of a capture that included amounts do not give, and the part of the hold that they do. */
interface ChargedParts extends Parts {
  readonly included: number
}

/** A use, and the cap of its authorization after it; without a cap there is no limit but the funds. */
interface CappedUse {
  readonly usage: Usage
  readonly cap?: Cap | undefined
}

/** The use of a capture: on the plan of the grant, in the current month, at the rates of this moment. */
export function usageOf(account: Account, parts: Parts, context: CapturedContext): CappedUse {
  const { appId, meter, funding } = context.authorization
  const rate = rateAt(context.catalog, meter, context.now)
  const usage = { appId, meter, quantity: parts.more, period: account.period }
  if (rate === undefined || funding === 'unrated')
    return { usage: { ...usage, funding: 'unrated', charges: [] } }
  if (funding === 'paid') return paidUse(account, parts, rate, context)
  const { fromHold, beyond } = includedOf(account, parts, context)
  const included = fromHold + beyond
  return { usage: { ...usage, ...(included > 0 && { included }), funding, charges: [] } }
}

/** Included amounts come first; then each completed unit is charged, as far as the cap of the authorization allows. */
function paidUse(account: Account, parts: Parts, rate: Rate, context: CapturedContext): CappedUse {
  const { authorization } = context
  const { appId, meter, cap } = authorization
  const uncounted = beyondQuantity(authorization, parts.more)
  const within = { ...parts, more: parts.more - uncounted }
  const given = includedOf(account, within, context)
  const included = given.fromHold + given.beyond
  const room = cap && chargeable(account, authorization, cap, context.now)
  const unpaid = room === undefined ? 0 : beyondCost(account, room, rate, within.more - included)
  const more = within.more - included - unpaid
  const fromHold = Math.min(more, within.fromHold - given.fromHold)
  const rest = { ...within, more, fromHold, included: given.fromHold }
  const charges = cap !== undefined && more === 0 ? [] : paidCharges(account, rest, rate, context)
  const waived = uncounted + unpaid
  const usage: Usage = {
    appId,
    meter,
    quantity: parts.more,
    ...(included > 0 && { included }),
    ...(waived > 0 && { waived }),
    period: account.period,
    funding: 'paid',
    unitSize: rate.unitSize,
    charges,
  }
  return { usage, cap: cap && countCharges(cap, charges, rate) }
}

/** Base units that included amounts give to the held part, and to the part beyond: what no open authorization counts on. */
function includedOf(
  account: Account,
  { more, fromHold, released }: Parts,
  context: CapturedContext,
): { readonly fromHold: number; readonly beyond: number } {
  if (account.subscriptions.length === 0) return { fromHold: 0, beyond: 0 }
  const { authorization } = context
  const { meter, funding } = authorization
  const left =
    funding === 'paid'
      ? includedForPaid(account, released, context)
      : includedForFree(account, meter, context)
  const given = Math.min(fromHold, left)
  if (more === fromHold) return { fromHold: given, beyond: 0 }
  const state = meterState(account, meter)
  const drawn = withMeter(account, meter, { ...state, current: addIncluded(state.current, given) })
  const spare = spareIncluded(addHeld(drawn, authorization, -released), meter, context)
  return { fromHold: given, beyond: Math.min(more - fromHold, spare) }
}

/**
 * Base units of included amounts for a capture on a paid plan. Where tokens alone may back other authorizations, one that was
 * granted with money behind it leaves them what they count on.
 */
function includedForPaid(account: Account, released: number, context: CapturedContext): number {
  const { meter, spendLimitUsdCents } = context.authorization
  const { now: left } = includedLeft(account, meter, context)
  if (spendLimitUsdCents === undefined || !mayHoldMoneyAndTokens(account, context.now)) return left
  const others = heldAt(meterState(account, meter).paid, context.now) - released
  return Math.max(0, left - others)
}

/** Charges the held part first, to the sources that its grant promised; then the part beyond, to the free sources. */
function paidCharges(
  account: Account,
  parts: ChargedParts,
  rate: Rate,
  { authorization, now, catalog }: CapturedContext,
): readonly Charge[] {
  const period = account.period
  const held = completeUnits(account, rate, parts.fromHold)
  const released = withRelease(account, authorization, parts, held.remainder)
  const heldUnits = { price: rate, units: held.units, period }
  const promised = chargeHeld(released, heldUnits, { authorization, now, catalog })
  if (parts.more === parts.fromHold) return promised
  const rest = applyCharges(released, promised)
  const beyond = completeUnits(rest, rate, parts.more - parts.fromHold)
  const beyondUnits = { price: rate, units: beyond.units, period }
  return [...promised, ...chargeUnheld(rest, beyondUnits, { usedAt: now, now, catalog })]
}

/** The account after a capture's release, with the remainder and the included use that its held part leaves. */
function withRelease(
  account: Account,
  { meter, expiresAt }: Authorization,
  { released, included }: ChargedParts,
  remainder: number,
): Account {
  const state = meterState(account, meter)
  const paid = released > 0 ? addHold(state.paid, expiresAt, -released) : state.paid
  const changed = { ...state, paid, remainder, current: addIncluded(state.current, included) }
  return { ...account, meters: { ...account.meters, [meter]: changed } }
}
