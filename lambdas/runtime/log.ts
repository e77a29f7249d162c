import { Logger } from '@aws-lambda-powertools/logger'
import { currentTeamId, stepsSoFar } from './invocation.ts'

/** The calls of Powertools' logger that functions and tests make. `meter-logger.ts` has the same (ADR 009). */
export type Log = Pick<
  Logger,
  'addContext' | 'appendKeys' | 'resetKeys' | 'info' | 'warn' | 'error' | 'setLogLevel' | 'getLevelName'
>

/**
 * The log. Its keys and its Lambda context belong to one invocation, even if an instance works on several at once: Lambda
 * then keeps them apart, and so does the local runtime (ADR 009).
 */
export const logger: Log = new Logger({
  // The issues of a schema quote the request, which may contain names and addresses.
  jsonReplacerFn: (key, value) => (key === 'issues' ? undefined : value),
})

/** One success in this many is logged, with its steps: a line per call would cost more than the call. */
const successesPerLine = 100

/** True for one call in a hundred. */
export function isSampled(): boolean {
  return Math.random() * successesPerLine < 1
}

/** Logs one line with everything about a failure: the facts, the error and every step before it. */
export function logFailure(message: string, facts: Readonly<Record<string, unknown>>, error?: unknown): void {
  const line = { message, teamId: currentTeamId(), ...facts, steps: stepsSoFar() }
  if (error === undefined) logger.error(line)
  else logger.error(line, error instanceof Error ? error : new Error(String(error)))
}
