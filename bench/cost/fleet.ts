import * as v from 'valibot'
import { Assumed, likely } from './assumptions.ts'

const count = v.pipe(v.number(), v.minValue(0))
const some = v.pipe(v.number(), v.minValue(1))

/** A month of a fleet of teams, in total. */
export const Fleet = v.strictObject({
  name: v.string(),
  /** Teams that are active in the month. */
  teams: some,
  /** Calls by meter; each is covered by an authorization. */
  callsByMeter: v.record(v.string(), count),
  /** Calls that one authorization covers. Each authorization is captured once. */
  callsPerAuthorization: some,
  /** Calls that the service refuses. Calls that a client refuses from memory cost nothing. */
  refusedCalls: count,
  /** Usage without an authorization, and the number of its events in one request. */
  usageEvents: count,
  eventsPerRequest: v.pipe(some, v.maxValue(1_000)),
  /** Hours during which a page is open, of all pages together: hidden, untouched or worked on. */
  pageHours: count,
  /** People who sign in during the month. */
  people: count,
  /** Number of times that the sweep finds a due team. */
  sweepsPerTeam: count,
  /** Events on the bus, and the share that goes to a webhook. */
  notifiedEvents: count,
  webhooks: count,
  /** Transitions of state machines. */
  transitions: count,
  /** Estimates that replace those of `assumptions.ts`, by name. */
  assumed: v.optional(Assumed, {}),
})
export type Fleet = v.InferOutput<typeof Fleet>

/** A thousand teams, a billion calls of a per-call API, and some work of every other kind. */
export const defaultFleet: Fleet = {
  name: 'a thousand teams, a billion calls',
  teams: 1_000,
  callsByMeter: {
    'model-derivative-basic': 1_000_000_000,
    'automation-autocad': 200_000,
    'model-derivative-complex-job': 50_000,
  },
  callsPerAuthorization: 1_000,
  refusedCalls: 100_000,
  usageEvents: 5_000_000,
  eventsPerRequest: 500,
  // Each of the 500 people has a page open for 40 hours in the month, a quarter of the working hours.
  pageHours: 20_000,
  people: 500,
  sweepsPerTeam: 3,
  notifiedEvents: 20_000,
  webhooks: 10_000,
  transitions: 10_000,
  assumed: likely,
}

/** The numbers of a fleet's description that the report doubles one by one. */
export const describedNumbers = [
  'callsPerAuthorization',
  'usageEvents',
  'eventsPerRequest',
  'refusedCalls',
  'pageHours',
  'people',
  'webhooks',
] as const satisfies readonly (keyof Fleet)[]

/** Calls of all meters. */
export function countCalls({ callsByMeter }: Fleet): number {
  return Object.values(callsByMeter).reduce((sum, calls) => sum + calls, 0)
}

/** Authorizations that cover the calls; each meter needs its own. */
export function countAuthorizations({ callsByMeter, callsPerAuthorization }: Fleet): number {
  return Object.values(callsByMeter).reduce((sum, calls) => sum + Math.ceil(calls / callsPerAuthorization), 0)
}
