import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Answer, type Call, parseBody, readText } from './call.ts'
import { openGate } from './gate.ts'
import type { MiddlewareOptions } from './options.ts'
import type { Visit } from './visit.ts'

/** A request of Node's server, also with what Express adds to it. */
export interface NodeRequest extends IncomingMessage {
  readonly originalUrl?: string
  body?: unknown
}

/**
 * Middleware for Express, and for everything that calls `(request, response, next)`. Use it after the service has verified the
 * caller's token. The body of a job is in `request.body`, also without a parser.
 */
export function meterExpress<Request extends NodeRequest = NodeRequest>(
  options: MiddlewareOptions<Request>,
): (request: Request, response: ServerResponse, next: (error?: unknown) => void) => Promise<void> {
  const gate = openGate(options)
  return async (request, response, next) => {
    try {
      const entry = await gate(request, callOf(request))
      if (typeof entry !== 'function') return sendAnswer(response, entry)
      // The caller has gone while the decision was made: nothing is started for it.
      if (response.destroyed) return void entry(0)
      endWith(response, entry)
    } catch (error) {
      return next(error)
    }
    next()
  }
}

/** Wraps a listener of `http.createServer`. */
export function meterNode<Request extends NodeRequest = NodeRequest>(
  options: MiddlewareOptions<Request>,
  listener: (request: Request, response: ServerResponse) => unknown,
): (request: Request, response: ServerResponse) => void {
  const middleware = meterExpress(options)
  return (request, response) => {
    void middleware(request, response, (error) => {
      if (error === undefined) listener(request, response)
      else response.destroy(error instanceof Error ? error : new Error(String(error)))
    })
  }
}

/** The call of a request whose body may not be read yet. */
function callOf(request: NodeRequest): Call {
  return {
    method: request.method ?? 'GET',
    path: request.originalUrl ?? request.url ?? '/',
    readBody: async () => {
      if (request.body === undefined && !request.readableEnded && !isEncoded(request))
        request.body = parseBody(await readText(request.iterator({ destroyOnReturn: false })))
      const { body } = request
      return typeof body === 'string' || body instanceof Uint8Array ? parseBody(textOf(body)) : body
    },
  }
}

/**
 * Ends a visit when the service ends its answer, or when the connection closes after the answer has begun. A service goes on
 * working for a caller that hangs up before; its answer then still decides whether the work costs something.
 */
export function endWith(response: ServerResponse, visit: Visit): void {
  const { end } = response
  Object.assign(response, {
    end(...args: unknown[]) {
      const result = Reflect.apply(end, response, args)
      void visit(response.statusCode)
      return result
    },
  })
  response.once('close', () => {
    if (response.headersSent) void visit(response.statusCode)
  })
}

function sendAnswer(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, headers).end(body)
}

function isEncoded({ headers }: NodeRequest): boolean {
  const encoding = headers['content-encoding']
  return encoding !== undefined && encoding !== 'identity'
}

function textOf(body: string | Uint8Array): string {
  return typeof body === 'string' ? body : new TextDecoder().decode(body)
}
