import * as v from 'valibot'

const count = v.pipe(v.number(), v.minValue(0))
const some = v.pipe(v.number(), v.minValue(1))

/** A month of a fleet of teams, all together. */
export const Fleet = v.strictObject({
  name: v.string(),
  /** Teams that do something in the month. */
  teams: some,
  /** Calls by meter; each is covered by an authorization. */
  callsByMeter: v.record(v.string(), count),
  /** How many calls one authorization covers; it is captured once. */
  callsPerAuthorization: some,
  /** Calls that are refused by the service and not by what a client remembers. */
  refusedCalls: count,
  /** Work that nobody authorized, and how much of it comes in one request. */
  usageEvents: count,
  eventsPerRequest: v.pipe(some, v.maxValue(1_000)),
  /** Entries that the stream's consumers find at once. */
  entriesPerCatchUp: v.pipe(some, v.maxValue(90)),
  /** Hours in which somebody looks at the page, which asks for the balance every 1.5 seconds and for the use every 5. */
  pageHours: count,
  /** How often the sweep finds a team due. */
  sweepsPerTeam: count,
  /** Events on the bus, and how many of them go to a webhook. */
  toldEvents: count,
  webhooks: count,
  /** Transitions of state machines. */
  transitions: count,
  /** What cannot be counted on one machine: milliseconds that a function runs, and its memory. */
  writingMs: count,
  readingMs: count,
  memoryMegabytes: some,
  /** START, END and REPORT, which Lambda writes of each invocation. */
  platformLogBytes: count,
})
export type Fleet = v.InferOutput<typeof Fleet>

/** A thousand teams, a billion calls of an API that earns by the call, and some of every other kind of work. */
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
  entriesPerCatchUp: 10,
  pageHours: 500,
  sweepsPerTeam: 3,
  toldEvents: 20_000,
  webhooks: 10_000,
  transitions: 10_000,
  writingMs: 20,
  readingMs: 8,
  memoryMegabytes: 512,
  platformLogBytes: 300,
}

/** Calls of all meters. */
export function callsOf({ callsByMeter }: Fleet): number {
  return Object.values(callsByMeter).reduce((sum, calls) => sum + calls, 0)
}
