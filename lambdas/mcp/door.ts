import { AsyncLocalStorage } from 'node:async_hooks'
import {
  createMcpHandler,
  isLegacyRequest,
  type McpServer,
  WebStandardStreamableHTTPServerTransport,
} from '@modelcontextprotocol/server'
import { callerOf } from '../http/caller.ts'
import type { HttpEvent, HttpResponse } from '../http/event.ts'
import { answerErrors, countAnswers, logAnswers } from '../http/observed.ts'
import { type Problem, problem } from '../http/outcome.ts'
import { answerHeaders, problemResponse } from '../http/problem.ts'
import { requestContextOf } from '../http/request.ts'
import { type Handler, withMiddlewares } from '../runtime/handler.ts'
import { correlate, flushMetricsWhenDue } from '../runtime/middlewares.ts'
import { claimsOf, type FindHolder, isBudgetKey } from './holders.ts'
import { resourceMetadataUrl } from './resource.ts'
import { makeServer } from './server.ts'
import type { VerifyToken } from './tokens.ts'
import type { Asker, Tool } from './tool.ts'

/** An event of the route that takes every method. */
export interface DoorEvent extends HttpEvent {
  readonly requestContext: HttpEvent['requestContext'] & { readonly http: { readonly method: string } }
}

export interface DoorParts {
  readonly tools: readonly Tool[]
  readonly verify: VerifyToken
  readonly findHolder: FindHolder
}

/** Every call of a tool is small. */
const bodyBytesMax = 65_536

/** Serves the Model Context Protocol: one request, one JSON answer, no stream and no session. */
export function makeDoor({ tools, verify, findHolder }: DoorParts): Handler<DoorEvent, HttpResponse> {
  const serve = makeServe(tools)

  async function answer(event: DoorEvent): Promise<HttpResponse> {
    if (event.requestContext.http.method !== 'POST') return notAllowed(event)
    const token = bearerOf(event)
    const holder = isBudgetKey(token) ? await findHolder(token) : undefined
    const claims = isBudgetKey(token) ? holder && claimsOf(holder) : await verify(token)
    if (claims === undefined) return denied(event, problem('UNAUTHENTICATED'))
    const { requestContext } = event
    const verified = { ...event, requestContext: { ...requestContext, authorizer: { jwt: { claims } } } }
    const caller = callerOf(verified)
    if (caller === undefined || !(caller.scopes.has('hub:read') || caller.scopes.has('hub:write')))
      return denied(event, problem('INSUFFICIENT_SCOPE'))
    const bytes = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8')
    if (bytes.length > bodyBytesMax)
      return denied(event, { problem: 'PAYLOAD_TOO_LARGE', facts: { limit: bodyBytesMax } })
    // A batch would be many calls in one request, beyond the limit of calls per second. No current version has it.
    if (bytes.toString().trimStart().startsWith('[')) return noBatch(event)
    return toResponse(
      await serve(toRequest(event, bytes), { event: verified, caller, ...(holder && { holder }) }),
      event,
    )
  }

  return withMiddlewares<DoorEvent, HttpResponse>(answer, [
    correlate((event) => requestContextOf(event).correlationId),
    flushMetricsWhenDue(),
    logAnswers('mcp'),
    countAnswers('mcp'),
    answerErrors(),
  ])
}

type Serve = (request: Request, asker: Asker) => Promise<Response>

/** Serves clients of both eras: those that negotiate in each request, and those that first send `initialize`. */
function makeServe(tools: readonly Tool[]): Serve {
  const current = new AsyncLocalStorage<Asker>()
  const modern = createMcpHandler(
    () => {
      const asker = current.getStore()
      if (asker === undefined) throw new Error('a request has its asker')
      return makeServer(tools, asker)
    },
    {
      legacy: 'reject',
      responseMode: 'json',
      // A subscription would hold the function open until it times out, and nothing here ever notifies.
      maxSubscriptions: 0,
    },
  )
  return async (request, asker) =>
    (await isLegacyRequest(request.clone()))
      ? serveLegacy(request, makeServer(tools, asker))
      : current.run(asker, () => modern.fetch(request))
}

async function serveLegacy(request: Request, server: McpServer): Promise<Response> {
  const transport = new WebStandardStreamableHTTPServerTransport({
    sessionIdGenerator: undefined,
    enableJsonResponse: true,
  })
  await server.connect(transport)
  try {
    return await transport.handleRequest(request)
  } finally {
    await server.close()
  }
}

function toRequest({ rawPath, headers }: DoorEvent, body: Buffer): Request {
  const sent = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined || name === 'content-length' || name === 'authorization'
      ? []
      : [[name, value] as const],
  )
  return new Request(`https://tollgate.invalid${rawPath}`, {
    method: 'POST',
    headers: sent.map(([name, value]) => [name, value] as [string, string]),
    body: new Uint8Array(body),
  })
}

async function toResponse(response: Response, event: DoorEvent): Promise<HttpResponse> {
  const headers = Object.fromEntries(response.headers)
  const text = await response.text()
  const body = text === '' && response.status >= 400 ? '{}' : text
  return {
    statusCode: response.status,
    headers: { ...headers, ...answerHeaders(requestContextOf(event)) },
    body,
  }
}

function bearerOf({ headers }: HttpEvent): string {
  return /^bearer +(\S+)$/i.exec((headers.authorization ?? '').trim())?.[1] ?? ''
}

/** A problem document. Those about the token say where to get one. */
function denied(event: DoorEvent, found: Problem): HttpResponse {
  const response = problemResponse(found, requestContextOf(event))
  const metadata = `resource_metadata="${resourceMetadataUrl(event)}"`
  const challenges: Partial<Record<Problem['problem'], string>> = {
    UNAUTHENTICATED: `Bearer ${metadata}`,
    INSUFFICIENT_SCOPE: `Bearer error="insufficient_scope", ${metadata}`,
  }
  const challenge = challenges[found.problem]
  return challenge === undefined
    ? response
    : { ...response, headers: { ...response.headers, 'www-authenticate': challenge } }
}

function notAllowed(event: DoorEvent): HttpResponse {
  return rpcError(event, {
    status: 405,
    code: -32_000,
    message: 'Method not allowed.',
    headers: { allow: 'POST' },
  })
}

function noBatch(event: DoorEvent): HttpResponse {
  return rpcError(event, { status: 400, code: -32_600, message: 'Send one request at a time, not a batch.' })
}

interface RpcError {
  readonly status: number
  readonly code: number
  readonly message: string
  readonly headers?: Readonly<Record<string, string>>
}

/** An error in the form of JSON-RPC, which clients of the protocol read. */
function rpcError(event: DoorEvent, { status, code, message, headers }: RpcError): HttpResponse {
  return {
    statusCode: status,
    headers: { ...answerHeaders(requestContextOf(event)), 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ jsonrpc: '2.0', error: { code, message }, id: null }),
  }
}
