import { type Account, meterState } from '../account/account.ts'
import { applyCharges } from '../account/charges.ts'
import { addHold, heldAt } from '../account/holds.ts'
import { addIncluded, withMeter } from '../account/meters.ts'
import { addHeld } from '../account/usage.ts'
import { type Rate, rateAt } from '../catalog/catalog.ts'
import type { Context } from '../catalog/context.ts'
import { type Decision, unchanged } from '../decision.ts'
import { chargeHeld, chargeUnheld } from '../funding/charge.ts'
import { completeUnits } from '../funding/demand.ts'
import type { Denial } from '../funding/denial.ts'
import { mayHoldMoneyAndTokens } from '../funding/grants.ts'
import { includedForFree, includedLeft, spareIncluded } from '../funding/included.ts'
import { settleByOf } from '../funding/settle-by.ts'
import { closureOf } from '../journal/closure.ts'
import type { Authorization, Charge, Usage } from '../journal/entry.ts'
import { record } from '../journal/record.ts'
import type { App } from '../migration/compliance.ts'
import type { Instant } from '../time/time.ts'
import { stopOf } from './authorize.ts'

export interface Capture {
  readonly kind: 'capture'
  readonly authorizationId: string
  /** Base units used since the authorization, all captures together. */
  readonly used: number
  readonly isFinal: boolean
}

export interface CaptureContext extends Context {
  /** The authorization as its latest entry leaves it. */
  readonly authorization: Authorization
  /** The app of the authorization. */
  readonly app: App
}

export interface Captured {
  readonly authorization: Authorization
  readonly isClosed: boolean
  readonly charges: readonly Charge[]
  readonly isLate: boolean
  readonly isOverrun: boolean
  /** The denial that a new authorization of the same use would get now; absent if it would be allowed. */
  readonly stop?: Denial
  /** The next instant before which open use should be reported; absent for a closed authorization. */
  readonly settleBy?: Instant
}

/** Base units of a capture: new use, the part of it that was held, and what the hold gives back. */
interface Parts {
  readonly more: number
  readonly fromHold: number
  readonly released: number
}

/** The parts of a capture that included amounts do not give, and the part of the hold that they do. */
interface ChargedParts extends Parts {
  readonly included: number
}

/**
 * Reports cumulative use against an authorization. Lower or equal changes nothing; `isFinal` gives the rest back. Use
 * beyond the hold, or after its end, is recorded and charged like work that was never authorized, and marked.
 */
export function capture(account: Account, command: Capture, context: CaptureContext): Decision<Captured> {
  const { now, authorization: before } = context
  const closure = closureOf(before, now)
  const isOver = before.closed || now >= before.expiresAt
  const more = Math.max(0, command.used - before.used)
  const closes = command.isFinal && !before.closed
  if (more === 0 && !closes)
    return unchanged(account, {
      authorization: before,
      charges: [],
      isLate: false,
      isOverrun: false,
      ...aheadOf(account, before, context),
    })
  const closedBecause = closure ?? (command.isFinal ? 'final' : undefined)
  const held = isOver ? 0 : before.held
  const fromHold = Math.min(held, more)
  const released = closes ? held : fromHold
  const authorization: Authorization = {
    ...before,
    used: before.used + more,
    held: held - released,
    closed: before.closed || command.isFinal,
    ...(closedBecause !== undefined && { closedBecause }),
    sequence: before.sequence + 1,
  }
  const usage = usageOf(account, { more, fromHold, released }, context)
  const isLate = isOver && more > 0
  const isOverrun = more > 0 && command.used > before.quantity
  const body = { kind: 'capture', authorization, released, usage, isLate, isOverrun } as const
  const next = record(account, now, body)
  const ahead = aheadOf(next.account, authorization, context)
  const answer = { authorization, charges: usage.charges, isLate, isOverrun, ...ahead }
  return { account: next.account, entries: [next.entry], answer }
}

/** The state of an authorization after a capture, and what its caller should know before it goes on. */
function aheadOf(account: Account, authorization: Authorization, context: CaptureContext) {
  const { meter, funding } = authorization
  const isClosed = closureOf(authorization, context.now) !== undefined
  const stop = stopOf(account, authorization, context)
  const settleBy = isClosed ? undefined : settleByOf(account, meter, funding !== 'unrated', context)
  return { isClosed, ...(stop && { stop }), ...(settleBy !== undefined && { settleBy }) }
}

/** The use of a capture: on the plan of the grant, in the current month, at the rates of this moment. */
function usageOf(account: Account, parts: Parts, context: CaptureContext): Usage {
  const { appId, meter, funding } = context.authorization
  const rate = rateAt(context.catalog, meter, context.now)
  const usage = { appId, meter, quantity: parts.more, period: account.period }
  if (rate === undefined || funding === 'unrated') return { ...usage, funding: 'unrated', charges: [] }
  const included = includedOf(account, parts, context)
  const sum = included.fromHold + included.beyond
  const counted = sum === 0 ? usage : { ...usage, included: sum }
  if (funding === 'free') return { ...counted, funding, charges: [] }
  const rest = {
    ...parts,
    more: parts.more - sum,
    fromHold: parts.fromHold - included.fromHold,
    included: included.fromHold,
  }
  const charges = paidCharges(account, rest, rate, context)
  return { ...counted, funding, unitSize: rate.unitSize, charges }
}

/** Base units that included amounts give to the held part, and to the part beyond: what no open authorization counts on. */
function includedOf(
  account: Account,
  { more, fromHold, released }: Parts,
  context: CaptureContext,
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
function includedForPaid(account: Account, released: number, context: CaptureContext): number {
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
  { authorization, now, catalog }: CaptureContext,
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
