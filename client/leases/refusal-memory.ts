import type { Problem, Refusal } from '../answers.ts'
import type { Denied } from '../model.ts'
import type { Times } from '../settling/row.ts'
import { unlimited } from './pace.ts'

/** Seconds after which a refused caller may try again, where the refusal names no instant. */
const retrySeconds = 10

export interface Refused {
  readonly refusal: Refusal
  /** Base units that were refused. Less may still be granted. */
  readonly quantity: number
  /** The monotonic instant from which time has lifted the refusal. */
  readonly liftedAt: number
}

/** True if a call of some base units need not be asked for: as much was refused, and time has not lifted the refusal. */
export function isRefused(refused: Refused | undefined, quantity: number, now: number): boolean {
  return refused !== undefined && quantity >= refused.quantity && now < refused.liftedAt
}

export function refusedBy(refusal: Refusal, quantity: number, times: Times): Refused {
  const { resumesAt } = refusal
  const liftedAt =
    resumesAt === undefined ? unlimited : times.receivedAt + (Date.parse(resumesAt) - times.serverDate)
  return { refusal, quantity, liftedAt }
}

/** A problem, such as that of an ended meter, in the form of a refusal. */
export function refusalOf({ code = 'BAD_REQUEST', title, detail = title, errors = [] }: Problem): Refusal {
  const resolve = errors.map(({ pointer, message }) => `${pointer}: ${message}`).join('; ') || detail
  return { code, title, detail, missing: [{ code }], resolve }
}

export function deny({ refusal, liftedAt }: Refused, now: number): Denied {
  const retryAfterSeconds = liftedAt < unlimited ? secondsUntil(liftedAt, now) : retrySeconds
  return { decision: 'deny', refusal, retryAfterSeconds }
}

/** Whole seconds until an instant, at least one. */
export function secondsUntil(at: number, now: number): number {
  return Math.max(1, Math.ceil((at - now) / 1_000))
}
