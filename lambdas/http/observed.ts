import type { MiddlewareObj, Request } from '@middy/core'
import { currentTeamId, elapsedMs, stepsSoFar } from '../runtime/invocation.ts'
import { isSampled, logFailure, logger } from '../runtime/log.ts'
import { metrics } from '../runtime/metrics.ts'
import { callerOf } from './caller.ts'
import type { HttpEvent, HttpResponse } from './event.ts'
import { busy, problem } from './outcome.ts'
import { problemResponse } from './problem.ts'
import { requestContextOf } from './request.ts'

/** Milliseconds after which an answer is slow: its line is always logged, with every step. */
const slowMs = 1_000

type HttpMiddleware = MiddlewareObj<HttpEvent, HttpResponse>
type HttpRequest = Request<HttpEvent, HttpResponse>

/** Returns a 503 for `Busy` and a 500 for any other error of the work; the error itself is never shown. */
export function answerErrors(): HttpMiddleware {
  return {
    onError: (request) => {
      const { event, error } = request
      const found = isBusy(error) ? busy(error.retryAfterSeconds) : problem('INTERNAL_ERROR')
      request.response = problemResponse(found, requestContextOf(event))
    },
  }
}

/** Counts each answer: its latency, and whether it is a fault or busy. */
export function countAnswers(Operation: string): HttpMiddleware {
  const count = ({ response }: HttpRequest) => {
    const statusCode = statusOf(response)
    metrics.add('Latency', Math.round(elapsedMs()), { Operation })
    if (statusCode < 500) return
    metrics.add(statusCode === 503 ? 'Busy' : 'Faults', 1, { Operation })
    metrics.flush()
  }
  return { after: count, onError: count }
}

/** Logs one line for each failure and each slow answer, with every step before it, and for a sample of the rest. */
export function logAnswers(operationId: string): HttpMiddleware {
  const log = ({ event, response, error }: HttpRequest) => {
    const statusCode = statusOf(response)
    const durationMs = Math.round(elapsedMs())
    const isSlow = durationMs > slowMs
    if (statusCode < 400 && !isSlow && !isSampled()) return
    const line = {
      requestId: event.requestContext.requestId,
      statusCode,
      code: statusCode >= 400 ? codeOf(response) : undefined,
      teamId: callerOf(event)?.teamId ?? currentTeamId(),
      durationMs,
    }
    if (statusCode >= 500) logFailure(operationId, line, error ?? undefined)
    else if (statusCode >= 400)
      logger.warn({ message: operationId, ...line, ...(isSlow && { steps: stepsSoFar() }) })
    else logger.info({ message: operationId, ...line, steps: stepsSoFar() })
  }
  return { after: log, onError: log }
}

const statusOf = (response: HttpRequest['response']): number => response?.statusCode ?? 500

function codeOf(response: HttpRequest['response']): unknown {
  return response ? (JSON.parse(response.body) as { code?: unknown }).code : undefined
}

function isBusy(error: unknown): error is Error & { readonly retryAfterSeconds?: number } {
  return error instanceof Error && error.name === 'Busy'
}
