import type { ServerResponse } from 'node:http'
import { openGate } from './gate.ts'
import { endWith, type NodeRequest } from './node.ts'
import type { MiddlewareOptions } from './options.ts'

/** Parts of a request of Fastify that the hook uses. */
export interface FastifyCall {
  readonly raw: NodeRequest
  readonly originalUrl: string
  readonly body?: unknown
}

/** Parts of a reply of Fastify that the hook uses. */
export interface FastifyAnswer {
  readonly raw: ServerResponse
  code(status: number): this
  headers(values: Record<string, string>): this
  send(body: string): this
  hijack(): this
}

/** A `preHandler` hook for Fastify, which has read the body by then. */
export function meterFastify<Request extends FastifyCall, Reply extends FastifyAnswer = FastifyAnswer>(
  options: MiddlewareOptions<Request>,
): (request: Request, reply: Reply) => Promise<unknown> {
  const gate = openGate(options)
  return async (request, reply) => {
    const { method = 'GET' } = request.raw
    const readBody = async () => request.body
    const entry = await gate(request, { method, path: request.originalUrl, readBody })
    if (typeof entry !== 'function') {
      const { status, headers, body } = entry
      return reply.code(status).headers(headers).send(body)
    }
    if (reply.raw.destroyed) {
      // The caller has gone while the decision was made: nothing is started for it.
      void entry(0)
      return reply.hijack()
    }
    endWith(reply.raw, entry)
    return undefined
  }
}
