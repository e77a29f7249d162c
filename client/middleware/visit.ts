import type { ClientProblem } from '../model.ts'
import type { MeteredCall, MiddlewareOptions } from './options.ts'
import { isPassing, reportUntilAnswered, statusOf } from './report.ts'
import { misconfigured, refusedStop, type Stop, unavailableStop } from './stops.ts'

/** Seconds after which a caller may try again, where Tollgate named no time. */
const retrySeconds = 10

/**
 * Ends a request that was let through. Takes the status that the service answered; 0 where the service never saw the request, which
 * then costs nothing. Resolves when the use is reported. Never rejects. Only the first call has an effect.
 */
export type Visit = (status: number) => Promise<void>

export interface VisitOptions<Request> extends MiddlewareOptions<Request> {
  readonly retries?: number
}

interface Asked<Request> extends MeteredCall {
  readonly request: Request
  readonly appId: string
  readonly quantity: number
}

/** Counts a call from a lease, and takes it back where it turns out to cost nothing. */
export async function countCall<Request>(
  { client, isCharged, onProblem }: MiddlewareOptions<Request>,
  { request, appId, meter, quantity }: Asked<Request>,
): Promise<Visit | Stop> {
  const answer = await client.allow(appId, meter, quantity)
  if (answer.decision === 'deny') return refusedStop(answer.refusal, answer.retryAfterSeconds)
  if (answer.decision === 'unavailable') return unavailableStop(answer.retryAfterSeconds)
  return endOnce(
    async (status) => {
      const isUsed = isCharged?.({ request, meter, status }) ?? isCallCharged(status)
      if (status === 0 || !isUsed) client.giveBack(appId, meter, quantity)
    },
    meter,
    onProblem,
  )
}

/** Authorizes a job, and charges it where the service has started it. */
export async function authorizeJob<Request>(
  options: VisitOptions<Request>,
  asked: Asked<Request>,
): Promise<Visit | Stop> {
  const { client, holdSeconds, now = Date.now, onProblem = warn } = options
  const { appId, meter, quantity } = asked
  try {
    const answer = await client.authorize({ appId, meter, quantity, holdSeconds })
    if (answer.decision === 'allow') return jobVisit(options, asked, answer.authorizationId)
    const { resumesAt } = answer.refusal
    const seconds = resumesAt === undefined ? retrySeconds : (Date.parse(resumesAt) - now()) / 1_000
    return refusedStop(answer.refusal, Math.max(1, Math.ceil(seconds)))
  } catch (error) {
    if (isPassing(error)) return unavailableStop(retrySeconds)
    onProblem({ what: 'request', status: statusOf(error), detail: String(error) })
    return misconfigured
  }
}

function jobVisit<Request>(
  { client, isCharged, onStarted, onProblem, retries }: VisitOptions<Request>,
  { request, meter, quantity }: Asked<Request>,
  authorizationId: string,
): Visit {
  return endOnce(
    async (status) => {
      const outcome = { request, meter, status }
      const isUsed = status !== 0 && (isCharged?.(outcome) ?? isJobCharged(status))
      if (isUsed && onStarted !== undefined) return onStarted({ ...outcome, authorizationId, quantity })
      const report = () =>
        isUsed ? client.capture(authorizationId, quantity, { isFinal: true }) : client.void(authorizationId)
      await reportUntilAnswered(report, retries)
    },
    authorizationId,
    onProblem,
  )
}

function isCallCharged(status: number): boolean {
  return ![401, 403, 429].includes(status) && status < 500
}

/** 201 is the answer where the derivative exists already, and no translation is started. */
function isJobCharged(status: number): boolean {
  return status >= 200 && status < 300 && status !== 201
}

/** Ends that are not reported yet. */
const open = new Set<Promise<void>>()

/**
 * Resolves when the use of all requests that have ended is reported. A service waits for it before it closes its client; without
 * that, a job that ended in the last moment may cost nothing.
 */
export async function settled(): Promise<void> {
  await Promise.all(open)
}

function endOnce(end: Visit, subject: string, onProblem: (problem: ClientProblem) => void = warn): Visit {
  let isOver = false
  return async (status) => {
    if (isOver) return
    isOver = true
    const ending = end(status).catch((error: unknown) =>
      onProblem({ what: 'report', status: statusOf(error), detail: `${subject}: ${String(error)}` }),
    )
    open.add(ending)
    await ending
    open.delete(ending)
  }
}

function warn({ what, status, detail }: ClientProblem): void {
  console.warn(`Tollgate: ${what} ${status}: ${detail}`)
}
