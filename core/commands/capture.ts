import type { Account } from '../account/account.ts'
import type { Context } from '../catalog/context.ts'
import { type Decision, unchanged } from '../decision.ts'
import { budgetMove } from '../funding/budget.ts'
import type { Denial } from '../funding/denial.ts'
import { settleByOf } from '../funding/settle-by.ts'
import { closureOf } from '../journal/closure.ts'
import type { Authorization, Charge } from '../journal/entry.ts'
import { record } from '../journal/record.ts'
import type { App } from '../migration/compliance.ts'
import type { Instant } from '../time/time.ts'
import { stopOf } from './authorize.ts'
import { usageOf } from './captured-use.ts'

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
  /** Base units that nobody pays, because they are beyond the cap of the authorization; absent for none. */
  readonly waived?: number
  /** The denial that a new authorization of the same use would get now; absent if it would be allowed. */
  readonly stop?: Denial
  /** The next instant before which open use should be reported; absent for a closed authorization. */
  readonly settleBy?: Instant
}

/**
 * Reports cumulative use against an authorization. Lower or equal changes nothing; `isFinal` gives the rest back. Use
 * beyond the hold, or after its end, is recorded and charged like work that was never authorized, and marked. Use beyond the
 * cap of the authorization is recorded, and charged to nobody.
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
  const { usage, cap } = usageOf(account, { more, fromHold, released }, context)
  const authorization: Authorization = {
    ...before,
    ...(cap && { cap }),
    used: before.used + more,
    held: held - released,
    closed: before.closed || command.isFinal,
    ...(closedBecause !== undefined && { closedBecause }),
    sequence: before.sequence + 1,
  }
  const isLate = isOver && more > 0
  const isOverrun = more > 0 && command.used > before.quantity
  const move = budgetMove(account, before, authorization, now)
  const body = { kind: 'capture', authorization, released, usage, ...move, isLate, isOverrun } as const
  const next = record(account, now, body)
  const ahead = aheadOf(next.account, authorization, context)
  const { charges, waived } = usage
  const marks = { isLate, isOverrun, ...(waived !== undefined && { waived }) }
  const answer = { authorization, charges, ...marks, ...ahead }
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
