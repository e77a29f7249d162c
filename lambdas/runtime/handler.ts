import middy, { type MiddlewareObj } from '@middy/core'
import { runInvocation } from './invocation.ts'
import { correlate, flushMetrics, logErrors } from './middlewares.ts'

/** A Lambda function's entry point. Lambda passes its context; tests and tools may leave it out. */
export type Handler<Event, Result> = (event: Event, context?: unknown) => Promise<Result>

/** Runs work inside middlewares: the first one begins first and ends last. All our functions are made here. */
export function withMiddlewares<Event, Result>(
  work: (event: Event) => Promise<Result>,
  middlewares: readonly MiddlewareObj<Event, Result>[],
): Handler<Event, Result> {
  const handle = middy<Event, Result>()
    .use([...middlewares])
    .handler(work)
  return (event, context = {}) => runInvocation(() => handle(event, context as Parameters<typeof handle>[1]))
}

/**
 * The handler of a function that the stream, the bus, a schedule, a state machine or Cognito calls. `name` names it in the
 * log. Its counts are written when it ends, and an error is logged before it is thrown on.
 */
export function toHandler<Event, Result>(
  name: string,
  work: (event: Event) => Promise<Result>,
  correlationIdOf: (event: Event) => string | undefined = () => undefined,
): Handler<Event, Result> {
  return withMiddlewares<Event, Result>(work, [correlate(correlationIdOf), flushMetrics(), logErrors(name)])
}
