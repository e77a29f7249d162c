import { AsyncLocalStorage } from 'node:async_hooks'
import { stopwatch } from './clock.ts'

const correlationPattern = /^[A-Za-z0-9._:/+=-]{1,64}$/

/** Steps that are kept of one piece of work; earlier ones give way. */
const stepsMax = 50

interface Invocation {
  /** Whoever asked for this work calls it so. */
  readonly correlationId: string | undefined
  readonly elapsed: () => number
  readonly steps: Step[]
}

/** Something that was done, and when: only read where the work fails, or is looked at as a sample. */
type Step = Readonly<Record<string, unknown>> & { readonly step: string; readonly atMs: number }

const current = new AsyncLocalStorage<Invocation>()

/** Whether a text may be stored, and told on, as a caller's name for its work. */
export function isCorrelationId(text: unknown): text is string {
  return typeof text === 'string' && correlationPattern.test(text)
}

/** Does a piece of work under the name that its caller has given it. */
export function correlated<T>(correlationId: string | undefined, work: () => T): T {
  return current.run({ correlationId, elapsed: stopwatch(), steps: [] }, work)
}

/** The caller's name for what is being done; undefined where nobody asked for it. */
export function currentCorrelationId(): string | undefined {
  return current.getStore()?.correlationId
}

/** Notes a step in memory. It costs nothing in the log unless the work fails. */
export function noteStep(step: string, facts: Readonly<Record<string, unknown>> = {}): void {
  const invocation = current.getStore()
  if (invocation === undefined) return
  if (invocation.steps.length === stepsMax) invocation.steps.shift()
  invocation.steps.push({ step, atMs: Math.round(invocation.elapsed()), ...facts })
}

/** What was done so far in this piece of work, oldest first. */
export function stepsSoFar(): readonly Step[] {
  return current.getStore()?.steps ?? []
}
