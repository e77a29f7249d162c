import * as v from 'valibot'

/** The work of a caller, as JSON in its only argument. */
export const CallerTask = v.object({
  baseUrl: v.string(),
  token: v.string(),
  appId: v.string(),
  meter: v.string(),
  /** Contains the spool and the caller's own log. */
  folder: v.string(),
  callsPerSecond: v.number(),
  holders: v.number(),
})
export type CallerTask = v.InferOutput<typeof CallerTask>

/**
 * Messages of a caller to the run: the first refused call after an allowed one and the reverse, with the instant in epoch
 * milliseconds, and its counts at the end.
 */
export const CallerMessage = v.variant('kind', [
  v.object({ kind: v.literal('refused'), at: v.number(), code: v.string() }),
  v.object({ kind: v.literal('allowed'), at: v.number() }),
  v.object({
    kind: v.literal('done'),
    /** Requests to Tollgate and their rows, of this process alone. */
    requests: v.number(),
    rows: v.number(),
    denied: v.number(),
    unavailable: v.number(),
    problems: v.array(v.string()),
  }),
])
export type CallerMessage = v.InferOutput<typeof CallerMessage>

export const ownLogOf = (folder: string): string => `${folder}/own.log`
