import type { FunctionName } from '../../contract/route.ts'
import type { OperationId, routes } from '../../contract/routes.ts'
import type { Handler } from '../runtime/handler.ts'
import type { HttpEvent, HttpResponse } from './event.ts'
import type { RouteHandler } from './make-route.ts'
import { notFound } from './outcome.ts'
import { problemResponse } from './problem.ts'
import { requestContextOf } from './request.ts'

type RouteOf<Id extends OperationId> = Extract<(typeof routes)[number], { readonly operationId: Id }>

/** The calls that a function serves. */
type OperationOf<Name extends FunctionName> = Extract<
  (typeof routes)[number],
  { readonly function: Name }
>['operationId']

/** A handler for every call of a function, under the name of the call: anything else does not compile. */
export type Handlers<Name extends FunctionName> = {
  readonly [Id in OperationOf<Name>]: RouteHandler<RouteOf<Id>>
}

/** Serves several calls in one function, chosen by the route key; 404 for a key without a handler. */
export function dispatch<Name extends FunctionName>(
  handlers: Handlers<Name>,
): Handler<HttpEvent, HttpResponse> {
  const byKey = new Map(
    Object.values<RouteHandler>(handlers).map((handler) => [
      `${handler.route.method} ${handler.route.path}`,
      handler,
    ]),
  )
  return async (event, context) => {
    const found = byKey.get(event.routeKey)
    return found ? found(event, context) : problemResponse(notFound, requestContextOf(event))
  }
}
