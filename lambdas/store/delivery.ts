import { assert } from '../../core/assert.ts'
import { hourMs, type Instant, minuteMs, secondMs } from '../../core/time/time.ts'

/** Names the team's e-mail addresses, all together, among the ids of webhooks. */
export const emailEndpoint = 'email'

export interface Attempt {
  readonly at: Instant
  /** `delivered`, or why it was not: `status 500`, `timeout`, … */
  readonly outcome: string
}

/** One event on its way to one endpoint of a team. */
export interface Delivery {
  readonly teamId: string
  /** Sorts by the team's entries: `000000012.000.email`. */
  readonly deliveryId: string
  readonly endpointId: string
  readonly eventId: string
  readonly type: string
  /** The event as it was on the bus. */
  readonly detail: Readonly<Record<string, unknown>>
  readonly status: 'pending' | 'delivered' | 'failed'
  /** Attempts begun since it was made, or was last asked to be sent again. */
  readonly tries: number
  /** The last ones, oldest first. */
  readonly attempts: readonly Attempt[]
  /** Somebody asked for it again: it is tried also where the endpoint is switched off. */
  readonly isResent: boolean
}

/** How long after each failed try the next one is made; after the last there is none. */
export const retryAfterMs: readonly number[] = [
  5 * secondMs,
  5 * minuteMs,
  30 * minuteMs,
  2 * hourMs,
  5 * hourMs,
  10 * hourMs,
  14 * hourMs,
]
export const triesMax = retryAfterMs.length + 1
export const attemptsKept = 10
/** A last try whose end nobody saw is given up after this long. */
const unseenMs = 5 * minuteMs

/** When the try after the one that begins now is made, should this one fail or never end. */
export function nextTryAt(triesBefore: number, now: Instant): Instant {
  return now + (retryAfterMs[triesBefore] ?? unseenMs)
}

/** `acme.12.0` to the endpoint `email` is `000000012.000.email`. */
export function deliveryIdOf(eventId: string, endpointId: string): string {
  const [index, version] = eventId.split('.').reverse()
  assert(index !== undefined && version !== undefined, 'an event id has a version and an index')
  return `${version.padStart(9, '0')}.${index.padStart(3, '0')}.${endpointId}`
}
