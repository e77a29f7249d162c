import { AsyncLocalStorage } from 'node:async_hooks'
import { stopwatch } from './clock.ts'

const correlationPattern = /^[A-Za-z0-9._:/+=-]{1,64}$/

/** The most steps of one invocation that are remembered; the oldest are dropped. */
const stepsMax = 50

/** The longest subject of a token, by OpenID Connect. */
const subjectCharsMax = 255

/** The caller that a call's writes are recorded for. */
export interface Actor {
  /** The subject of the caller's token. */
  readonly subject: string
  /** The verified address, for a person whose teams Tollgate knows. */
  readonly email?: string
}

interface Invocation {
  /** The caller's name for the work; undefined if no caller requested it. */
  correlationId?: string | undefined
  /** The caller whose token was verified; undefined for work that no call asked for. */
  actor?: Actor | undefined
  /** The team that the work is for; null if it is for several. */
  teamId?: string | null
  /** Milliseconds since the invocation began. */
  readonly elapsed: () => number
  readonly steps: Step[]
}

/** A completed step, and its time in milliseconds since the beginning. Only a logged line shows it. */
type Step = Readonly<Record<string, unknown>> & { readonly step: string; readonly atMs: number }

const current = new AsyncLocalStorage<Invocation>()

/** True for a text that may be stored, and passed on, as a caller's name for its work. */
export function isCorrelationId(text: unknown): text is string {
  return typeof text === 'string' && correlationPattern.test(text)
}

/** Runs work as an invocation: all its parts share one correlation id, one stopwatch and one list of steps. */
export function runInvocation<T>(work: () => T): T {
  return current.run({ elapsed: stopwatch(), steps: [] }, work)
}

/** The identity of the current invocation; undefined outside of one. */
export function currentInvocation(): object | undefined {
  return current.getStore()
}

/** Gives the current invocation its caller's name for the work. */
export function nameInvocation(correlationId: string | undefined): void {
  const invocation = current.getStore()
  if (invocation !== undefined) invocation.correlationId = correlationId
}

/** The caller's name for the current work; undefined if no caller requested it. */
export function currentCorrelationId(): string | undefined {
  return current.getStore()?.correlationId
}

/** Notes the caller of the current work. A caller without a subject is nobody; a longer subject is cut. */
export function noteActor({ subject, email }: Actor): void {
  const invocation = current.getStore()
  if (invocation === undefined || subject === '') return
  invocation.actor = { subject: subject.slice(0, subjectCharsMax), ...(email !== undefined && { email }) }
}

/** The caller of the current work; undefined if no call asked for it. */
export function currentActor(): Actor | undefined {
  return current.getStore()?.actor
}

/** Notes the team that the current work is for. */
export function noteTeam(teamId: string): void {
  const invocation = current.getStore()
  if (invocation === undefined) return
  const isOther = invocation.teamId !== undefined && invocation.teamId !== teamId
  invocation.teamId = isOther ? null : teamId
}

/** The team that the current work is for; undefined if no team is noted, or several are. */
export function currentTeamId(): string | undefined {
  return current.getStore()?.teamId ?? undefined
}

/** Milliseconds since the current invocation began; 0 outside of one. */
export function elapsedMs(): number {
  return current.getStore()?.elapsed() ?? 0
}

/** Notes a step in memory. It reaches the log only if the invocation's line shows its steps. */
export function noteStep(step: string, facts: Readonly<Record<string, unknown>> = {}): void {
  const invocation = current.getStore()
  if (invocation === undefined) return
  if (invocation.steps.length === stepsMax) invocation.steps.shift()
  invocation.steps.push({ step, atMs: Math.round(invocation.elapsed()), ...facts })
}

/** The steps of the current invocation, oldest first. */
export function stepsSoFar(): readonly Step[] {
  return current.getStore()?.steps ?? []
}
