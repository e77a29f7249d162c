import { type Account, meterState } from '../account/account.ts'
import { addHold } from '../account/holds.ts'
import { type Catalog, type Rate, rateAt } from '../catalog/catalog.ts'
import { chargeHeld, chargeUnheld } from '../funding/charge.ts'
import { completeUnits } from '../funding/demand.ts'
import type { Authorization, Charge, Entry, Usage } from '../journal/entry.ts'
import { charged, record } from '../journal/fold.ts'
import type { Instant } from '../time/time.ts'

export interface Capture {
  /** Base units used since the authorization, all captures together. */
  readonly used: number
  readonly isFinal: boolean
}

export interface Captured {
  readonly account: Account
  readonly authorization: Authorization
  readonly charges: readonly Charge[]
  readonly isLate: boolean
  readonly isOverrun: boolean
  /** Absent when the capture changes nothing: then nothing is written. */
  readonly entry?: Entry
}

/**
 * Reports cumulative use against an authorization. Lower or equal changes nothing; `isFinal` gives the rest back. What is
 * beyond the hold, or after its end, is recorded and charged like work that was never authorized, and marked.
 */
export function capture(
  account: Account,
  before: Authorization,
  command: Capture,
  now: Instant,
  catalog: Catalog,
): Captured {
  const isOver = before.closed || now >= before.expiresAt
  const more = Math.max(0, command.used - before.used)
  const closes = command.isFinal && !before.closed
  const held = isOver ? 0 : before.held
  const fromHold = Math.min(held, more)
  const released = closes ? held : fromHold
  const isLate = isOver && more > 0
  const isOverrun = more > 0 && command.used > before.quantity
  if (more === 0 && !closes) {
    return {
      account,
      authorization: { ...before, closed: isOver },
      charges: [],
      isLate: false,
      isOverrun: false,
    }
  }
  const authorization: Authorization = {
    ...before,
    used: before.used + more,
    held: held - released,
    closed: before.closed || command.isFinal,
    sequence: before.sequence + 1,
  }
  const usage = usageOf(account, before, { more, fromHold, released }, now, catalog)
  const body = { kind: 'capture', authorization, released, usage, isLate, isOverrun } as const
  const next = record(account, now, body)
  const shown = { ...authorization, closed: authorization.closed || isOver }
  return { ...next, authorization: shown, charges: usage.charges, isLate, isOverrun }
}

/** Gives back all that an authorization still holds; what was captured stays. No entry when there is nothing to give. */
export function voidAuthorization(
  account: Account,
  before: Authorization,
  now: Instant,
): { account: Account; entry?: Entry } {
  if (before.closed || now >= before.expiresAt) return { account }
  const authorization: Authorization = { ...before, held: 0, closed: true, sequence: before.sequence + 1 }
  return record(account, now, { kind: 'void', authorization, released: before.held })
}

interface Parts {
  readonly more: number
  readonly fromHold: number
  readonly released: number
}

function usageOf(
  account: Account,
  authorization: Authorization,
  parts: Parts,
  now: Instant,
  catalog: Catalog,
): Usage {
  const { appId, meter, funding } = authorization
  const rate = rateAt(catalog, meter, now)
  const usage = { appId, meter, quantity: parts.more, period: account.period }
  if (rate === undefined || funding === 'unrated') return { ...usage, funding: 'unrated', charges: [] }
  if (funding === 'free') return { ...usage, funding, charges: [] }
  const charges = paidCharges(account, authorization, parts, rate, now, catalog)
  return { ...usage, funding, unitSize: rate.unitSize, charges }
}

/** First the part that was held, by what was promised for it; then the part beyond, by what is free. */
function paidCharges(
  account: Account,
  authorization: Authorization,
  parts: Parts,
  rate: Rate,
  now: Instant,
  catalog: Catalog,
): readonly Charge[] {
  const period = account.period
  const held = completeUnits(account, rate, parts.fromHold)
  const released = withHeld(account, authorization, parts.released, held.remainder)
  const promised = chargeHeld(
    released,
    { price: rate, units: held.units, period },
    { authorization, now, catalog },
  )
  if (parts.more === parts.fromHold) return promised
  const rest = charged(released, promised, false)
  const beyond = completeUnits(rest, rate, parts.more - parts.fromHold)
  return [
    ...promised,
    ...chargeUnheld(rest, { price: rate, units: beyond.units, period }, { usedAt: now, now, catalog }),
  ]
}

/** The account with what a capture gives back, and the remainder that its held part leaves. */
function withHeld(
  account: Account,
  { meter, expiresAt }: Authorization,
  released: number,
  remainder: number,
): Account {
  const state = meterState(account, meter)
  const paid = released > 0 ? addHold(state.paid, expiresAt, -released) : state.paid
  const changed = { ...state, paid, remainder }
  return { ...account, meters: { ...account.meters, [meter]: changed } }
}
