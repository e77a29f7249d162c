import { type Call, parseBody, readText } from './call.ts'
import { openGate } from './gate.ts'
import type { MiddlewareOptions } from './options.ts'

/** Wraps a handler that takes a `Request` and returns a `Response`. Further arguments are passed on. */
export function meterFetch<Rest extends readonly unknown[]>(
  options: MiddlewareOptions<Request>,
  handler: (request: Request, ...rest: Rest) => Response | Promise<Response>,
): (request: Request, ...rest: Rest) => Promise<Response> {
  const gate = openGate(options)
  return async (request, ...rest) => {
    const entry = await gate(request, callOf(request))
    if (typeof entry !== 'function') {
      const { status, headers, body } = entry
      return new Response(body, { status, headers })
    }
    try {
      const response = await handler(request, ...rest)
      void entry(response.status)
      return response
    } catch (error) {
      void entry(500)
      throw error
    }
  }
}

function callOf(request: Request): Call {
  const { pathname, search } = new URL(request.url)
  return {
    method: request.method,
    path: `${pathname}${search}`,
    readBody: async () => {
      const { body } = request.clone()
      // Cancelling one branch of a stream would wait for the other.
      return body === null ? undefined : parseBody(await readText(body.values({ preventCancel: true })))
    },
  }
}
