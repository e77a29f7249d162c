import type { MiddlewareObj } from '@middy/core'
import { nameInvocation } from './invocation.ts'
import { logFailure, logger } from './log.ts'
import { metrics } from './metrics.ts'

/** Puts Lambda's context and the caller's name for its work into every line of the invocation. */
export function correlate<Event>(
  correlationIdOf: (event: Event) => string | undefined,
): MiddlewareObj<Event> {
  return {
    before: ({ event, context }) => {
      const correlationId = correlationIdOf(event)
      nameInvocation(correlationId)
      logger.addContext(context)
      logger.resetKeys()
      if (correlationId !== undefined) logger.appendKeys({ correlationId })
    },
  }
}

/** Logs what the work throws, with every step before it. The error then goes on to the caller. */
export function logErrors(name: string): MiddlewareObj {
  return { onError: ({ error }) => logFailure(name, {}, error ?? undefined) }
}

/** Writes the invocation's counts when it ends, however it ends. */
export function flushMetrics(): MiddlewareObj {
  const flush = () => metrics.flush()
  return { after: flush, onError: flush }
}

/** Lets the counts of a success wait up to a second for those of other calls, and writes those of a failure at once. */
export function flushMetricsWhenDue(): MiddlewareObj {
  return { after: () => metrics.flushWhenDue(), onError: () => metrics.flush() }
}
