import { assert } from '../../core/assert.ts'
import { hourMs, type Instant, minuteMs, secondMs } from '../../core/time/time.ts'

/** Names the team's e-mail addresses, all together, among the ids of webhooks. */
export const emailEndpoint = 'email'

/** Names the address of an invited person, in the same way. */
export const invitationEndpoint = `${emailEndpoint}.invitation`

const invitationPrefix = 'invitation.'
/** A mail to an invited person has a day (`2026-01-15`) and the digest of the address instead of an event. */
export const invitationIdOf = (day: string, digest: string): string => `${invitationPrefix}${day}.${digest}`
/** True for a delivery that is the team's own, and not one to a person it invited. */
export const isOfTeam = (deliveryId: string): boolean => !deliveryId.startsWith(invitationPrefix)

export interface Attempt {
  readonly at: Instant
  /** `delivered`, or the reason of the failure: `status 500`, `timeout`, … */
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
  /** Tries begun since the delivery was made, or since the last request to send it again. */
  readonly tries: number
  /** The last tries, oldest first. */
  readonly attempts: readonly Attempt[]
  /** Digests of the e-mail addresses that have this mail already: a further try writes to the others only. */
  readonly sentTo?: readonly string[]
  /** True after a request to send it again: it is then tried even if the endpoint is switched off. */
  readonly isResent: boolean
}

/** A test event comes after all events of the journal's version at that time. Its event id sorts by time. */
export function testDeliveryIdOf(version: number, eventId: string): string {
  return `${String(version).padStart(9, '0')}.999.${eventId}`
}

/** Time from each failed try to the next one; there is none after the last. */
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
/** Time after which a last try without a known end is given up. */
const unseenMs = 5 * minuteMs

/** The instant of the try after the one that begins now, in case this one fails or never ends. */
export function nextTryAt(triesBefore: number, now: Instant): Instant {
  return now + (retryAfterMs[triesBefore] ?? unseenMs)
}

/** `acme.12.0` to the endpoint `email` is `000000012.000.email`. */
export function deliveryIdOf(eventId: string, endpointId: string): string {
  const [index, version] = eventId.split('.').reverse()
  assert(index !== undefined && version !== undefined, 'an event id has a version and an index')
  return `${version.padStart(9, '0')}.${index.padStart(3, '0')}.${endpointId}`
}
