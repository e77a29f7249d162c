import { MetricUnit } from '@aws-lambda-powertools/metrics'
import type { MiddlewareObj } from '@middy/core'
import type { OperationId } from '../routes.ts'
import { stopwatch } from '../runtime/clock.ts'
import { flushMetrics, isSampled, logger, metrics } from '../runtime/log.ts'
import { callerOf } from './caller.ts'
import type { HttpEvent, HttpResponse } from './event.ts'
import { busy, problem } from './outcome.ts'
import { problemResponse } from './problem.ts'
import { requestContextOf } from './request.ts'

/**
 * One structured line for each failure and for some successes, metrics where any were counted, and the last resort:
 * what was thrown is logged and never shown.
 */
export function observed(operationId: OperationId): MiddlewareObj<HttpEvent, HttpResponse> {
  const elapsed = new WeakMap<HttpEvent, () => number>()

  function report(event: HttpEvent, response: HttpResponse | null | undefined, error?: Error | null): void {
    const { requestId, correlationId } = requestContextOf(event)
    const statusCode = response?.statusCode ?? 500
    const line = {
      message: operationId,
      requestId,
      correlationId,
      statusCode,
      code: statusCode >= 400 ? codeOf(response) : undefined,
      teamId: callerOf(event)?.teamId,
      durationMs: Math.round(elapsed.get(event)?.() ?? 0),
    }
    if (statusCode >= 500) metrics.addMetric(statusCode === 503 ? 'Busy' : 'Fault', MetricUnit.Count, 1)
    if (statusCode >= 500 && error) logger.error(line, error)
    else if (statusCode >= 500) logger.error(line)
    else if (statusCode >= 400) logger.warn(line)
    else if (isSampled()) logger.info(line)
    flushMetrics()
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

function codeOf(response: HttpResponse | null | undefined): unknown {
  return response ? (JSON.parse(response.body) as { code?: unknown }).code : undefined
}

function isBusy(error: unknown): error is Error & { readonly retryAfterSeconds?: number } {
  return error instanceof Error && error.name === 'Busy'
}
