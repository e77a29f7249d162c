import type { Meter } from '../model.ts'
import { type Answer, type Call, parseBody } from './call.ts'
import { openGate } from './gate.ts'
import type { MiddlewareOptions } from './options.ts'

/** Parts of an event of API Gateway that the wrapper reads: of an HTTP API (version 2.0) or a REST API (1.0). */
export interface GatewayEvent {
  readonly rawPath?: string
  readonly path?: string
  readonly httpMethod?: string
  /** In version 2.0, with `http.method`. */
  readonly requestContext?: object
  readonly body?: string | null
  readonly isBase64Encoded?: boolean
}

export interface GatewayAnswer {
  readonly statusCode: number
  readonly headers: Record<string, string>
  readonly body: string
}

export interface LambdaOptions<Event> extends MiddlewareOptions<Event> {
  /** A client, by `createClient`. */
  readonly client: Meter & { readonly flush?: () => Promise<void> }
  /**
   * Reports the use before each answer, since a function that is frozen reports nothing; true without it. False saves these
   * requests; then the use since the last report is lost where an instance ends.
   */
  readonly isFlushed?: boolean
}

/** Wraps a handler of Lambda behind API Gateway. An answer without `statusCode` counts as 200, as there. */
export function meterLambda<Event extends GatewayEvent, Rest extends readonly unknown[], Result>(
  options: LambdaOptions<Event>,
  handler: (event: Event, ...rest: Rest) => Promise<Result>,
): (event: Event, ...rest: Rest) => Promise<Result | GatewayAnswer> {
  // The caller waits for the report, which the client itself repeats for a while.
  const gate = openGate(options, 0)
  const { client, isFlushed = true } = options
  return async (event, ...rest) => {
    const entry = await gate(event, callOf(event))
    if (typeof entry !== 'function') return toGateway(entry)
    let status = 500
    try {
      const result = await handler(event, ...rest)
      status = statusOf(result)
      return result
    } finally {
      await entry(status)
      if (isFlushed) await client.flush?.()
    }
  }
}

function callOf(event: GatewayEvent): Call {
  return {
    method: event.httpMethod ?? methodOf(event.requestContext),
    path: event.rawPath ?? event.path ?? '/',
    readBody: async () => {
      const { body, isBase64Encoded = false } = event
      if (typeof body !== 'string') return undefined
      return parseBody(isBase64Encoded ? decodeBase64(body) : body)
    },
  }
}

function methodOf(context: { readonly http?: { readonly method?: string } } = {}): string {
  return context.http?.method ?? 'GET'
}

function decodeBase64(text: string): string {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
  return new TextDecoder().decode(bytes)
}

function statusOf(result: unknown): number {
  const isAnswer = typeof result === 'object' && result !== null && 'statusCode' in result
  return isAnswer ? Number(result.statusCode) : 200
}

function toGateway({ status, headers, body }: Answer): GatewayAnswer {
  return { statusCode: status, headers, body }
}
