import type { MiddlewareObj } from '@middy/core'
import type { OperationId } from '../../contract/routes.ts'
import { logFailure } from '../runtime/background.ts'
import { stopwatch } from '../runtime/clock.ts'
import { stepsSoFar } from '../runtime/invocation.ts'
import { isSampled, logger } from '../runtime/log.ts'
import { metrics } from '../runtime/metrics.ts'
import { callerOf } from './caller.ts'
import type { HttpEvent, HttpResponse } from './event.ts'
import { busy, problem } from './outcome.ts'
import { problemResponse } from './problem.ts'
import { requestContextOf } from './request.ts'

/**
 * One structured line for each failure, with every step that was taken, and for some successes; counts of all; and the
 * last resort: what was thrown is logged and never shown.
 */
export function observed(operationId: OperationId): MiddlewareObj<HttpEvent, HttpResponse> {
  const elapsed = new WeakMap<HttpEvent, () => number>()

  function report(event: HttpEvent, response: HttpResponse | null | undefined, error?: Error | null): void {
    const durationMs = Math.round(elapsed.get(event)?.() ?? 0)
    const statusCode = response?.statusCode ?? 500
    count(operationId, statusCode, durationMs)
    if (statusCode < 400 && !isSampled()) return
    const { requestId, correlationId } = requestContextOf(event)
    const line = {
      requestId,
      correlationId,
      statusCode,
      code: statusCode >= 400 ? codeOf(response) : undefined,
      teamId: callerOf(event)?.teamId,
      durationMs,
    }
    if (statusCode >= 500) logFailure(operationId, line, error ?? undefined)
    else if (statusCode >= 400) logger.warn({ message: operationId, ...line })
    else logger.info({ message: operationId, ...line, steps: stepsSoFar() })
  }

  return {
    before: ({ event }) => {
      elapsed.set(event, stopwatch())
    },
    after: ({ event, response }) => report(event, response),
    onError: (request) => {
      const { event, error } = request
      const found = isBusy(error) ? busy(error.retryAfterSeconds) : problem('INTERNAL_ERROR')
      request.response = problemResponse(found, requestContextOf(event))
      report(event, request.response, error)
    },
  }
}

/** What failed is written at once; what went well may wait for company. */
function count(Operation: OperationId, statusCode: number, durationMs: number): void {
  metrics.add('Latency', durationMs, { Operation })
  if (statusCode < 500) metrics.flushWhenDue()
  else {
    metrics.add(statusCode === 503 ? 'Busy' : 'Faults', 1, { Operation })
    metrics.flush()
  }
}

function codeOf(response: HttpResponse | null | undefined): unknown {
  return response ? (JSON.parse(response.body) as { code?: unknown }).code : undefined
}

function isBusy(error: unknown): error is Error & { readonly retryAfterSeconds?: number } {
  return error instanceof Error && error.name === 'Busy'
}
