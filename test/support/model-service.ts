import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { APIGatewayProxyEvent, APIGatewayProxyEventV2 } from 'aws-lambda'
import express, { type Request as ExpressRequest } from 'express'
import { type FastifyReply, type FastifyRequest, fastify } from 'fastify'
import {
  type LambdaOptions,
  type MiddlewareOptions,
  meterExpress,
  meterFastify,
  meterFetch,
  meterLambda,
  meterNode,
} from '../../client/middleware.ts'

/** Options of the middleware that do not depend on the platform. */
export type ServiceOptions = Omit<LambdaOptions<unknown>, 'appOf' | 'onUnclassified'>

export interface ModelService extends AsyncDisposable {
  readonly url: string
}

type Start = (options: ServiceOptions) => Promise<ModelService>

interface Reply {
  readonly status: number
  readonly body: object
}

/** The endpoints of Model Derivative. The name of a job's input says what becomes of it. */
export function replyTo(method: string, path: string, body: unknown): Reply {
  if (path.includes('forbidden')) return { status: 403, body: {} }
  if (method !== 'POST' || !path.endsWith('/job')) return { status: 200, body: { path } }
  const name = inputName(body)
  if (name.startsWith('broken')) return { status: 500, body: {} }
  return { status: name.startsWith('existing') ? 201 : 200, body: { result: 'success', urn: name } }
}

/** The input of a job whose object id ends in a file name. */
export function urnOf(name: string): string {
  return Buffer.from(`urn:adsk.objects:os.object:models/${name}`).toString('base64url')
}

function inputName(body: unknown): string {
  const { input } = body as { readonly input: { readonly urn: string } }
  return Buffer.from(input.urn, 'base64url').toString().split('/').at(-1) ?? ''
}

/** The app of a test's token, which is the app's id itself. */
function appOf(authorization: string | null | undefined): string | undefined {
  return authorization?.replace(/^Bearer /, '')
}

/** The same service on each platform. */
export const platforms: Readonly<Record<string, Start>> = {
  express: async (options) => {
    const app = express()
    const metered: MiddlewareOptions<ExpressRequest> = {
      ...options,
      appOf: (request) => appOf(request.headers.authorization),
    }
    app.use(express.json(), meterExpress(metered))
    app.use((request, response) => {
      const { status, body } = replyTo(request.method, request.path, request.body)
      response.status(status).json(body)
    })
    return listen(app)
  },
  node: async (options) =>
    listen(
      meterNode(
        { ...options, appOf: (request) => appOf(request.headers.authorization) },
        (request, response) => {
          const { status, body } = replyTo(request.method ?? '', request.url ?? '', request.body)
          response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
        },
      ),
    ),
  fastify: async (options) => {
    const app = fastify({ routerOptions: { ignoreDuplicateSlashes: true } })
    const metered: MiddlewareOptions<FastifyRequest> = {
      ...options,
      appOf: (request) => appOf(request.headers.authorization),
    }
    app.addHook('preHandler', meterFastify<FastifyRequest, FastifyReply>(metered))
    app.all('/*', (request, reply) => {
      const { status, body } = replyTo(request.method, request.url, request.body)
      return reply.code(status).send(body)
    })
    const url = await app.listen({ port: 0, host: '127.0.0.1' })
    return { url, [Symbol.asyncDispose]: async () => void (await app.close()) }
  },
  fetch: async (options) => {
    const handle = meterFetch(
      { ...options, appOf: ({ headers }) => appOf(headers.get('authorization')) },
      async (request) => {
        const sent = request.method === 'POST' ? await request.json() : undefined
        const { status, body } = replyTo(request.method, new URL(request.url).pathname, sent)
        return Response.json(body, { status })
      },
    )
    return listen(async (request, response) => {
      const answer = await handle(await toFetch(request))
      response.writeHead(answer.status, [...answer.headers.entries()].flat())
      response.end(await answer.text())
    })
  },
  'lambda of an HTTP API': async (options) => {
    const metered: LambdaOptions<APIGatewayProxyEventV2> = {
      ...options,
      appOf: ({ headers }) => appOf(headers.authorization),
    }
    const handle = meterLambda(metered, async (event) => {
      const sent = JSON.parse(Buffer.from(event.body ?? 'null', 'base64').toString() || 'null')
      const { status, body } = replyTo(event.requestContext.http.method, event.rawPath, sent)
      return { statusCode: status, body: JSON.stringify(body) }
    })
    return listenAsGateway(handle, (request, body) => ({
      version: '2.0',
      rawPath: (request.url ?? '').split('?', 1)[0],
      requestContext: { http: { method: request.method } },
      headers: request.headers,
      body: Buffer.from(body).toString('base64'),
      isBase64Encoded: true,
    }))
  },
  'lambda of a REST API': async (options) => {
    const metered: LambdaOptions<APIGatewayProxyEvent> = {
      ...options,
      appOf: ({ headers }) => appOf(headers.authorization),
    }
    const handle = meterLambda(metered, async ({ httpMethod, path, body: sent }) => {
      const { status, body } = replyTo(httpMethod, path, JSON.parse(sent ?? 'null'))
      return { statusCode: status, body: JSON.stringify(body) }
    })
    return listenAsGateway(handle, (request, body) => ({
      path: (request.url ?? '').split('?', 1)[0],
      httpMethod: request.method,
      headers: request.headers,
      body: body === '' ? null : body,
      isBase64Encoded: false,
    }))
  },
}

export async function listen(listener: RequestListener): Promise<ModelService> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return { url: `http://127.0.0.1:${port}`, [Symbol.asyncDispose]: stop }
}

export function startService(platform: string, options: ServiceOptions): Promise<ModelService> {
  const start = platforms[platform]
  if (start === undefined) throw new Error(`no platform is called ${platform}`)
  return start(options)
}

interface GatewayResult {
  readonly statusCode: number
  readonly headers?: Record<string, string>
  readonly body: string
}

/** A gateway in front of a function: each request becomes an event. */
function listenAsGateway<Event>(
  handle: (event: Event) => Promise<GatewayResult>,
  toEvent: (request: IncomingMessage, body: string) => object,
): Promise<ModelService> {
  return listen(async (request, response) => {
    const event = toEvent(request, await text(request)) as Event
    const { statusCode, headers, body } = await handle(event)
    response.writeHead(statusCode, { 'content-type': 'application/json', ...headers }).end(body)
  })
}

async function toFetch(request: IncomingMessage): Promise<Request> {
  const { method = 'GET', url = '/', headers } = request
  const sent = Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)])
  const body = method === 'POST' ? await text(request) : undefined
  return new Request(new URL(`http://${headers.host}${url}`), { method, headers: sent, body })
}
