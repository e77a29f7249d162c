import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { CannotStart } from '../../audit/data-folder/cannot-start.ts'
import { bodyBytesMax } from './gateway.ts'
import { badRequest, gatewayMessage, type Incoming, type Outgoing, problem, starting } from './message.ts'

const host = '127.0.0.1'

export type Answer = (incoming: Incoming) => Promise<Outgoing>

/** Reads the product's clock, in epoch milliseconds. */
export type Now = () => number

export interface HttpServer {
  readonly port: number
  readonly url: string
  /**
   * Starts to handle requests. Until then, clients receive 503 and retry. Every answer has the time of `now` as its `Date`, in
   * whole seconds, because clients take it as the clock.
   */
  open(answer: Answer, now: Now): void
  /** Stops accepting requests and waits for those in progress, at most two seconds. */
  stop(): Promise<void>
}

/** Listens on loopback. `port` 0 selects any free port. Throws `CannotStart` when the port is in use. */
export async function listen(port: number): Promise<HttpServer> {
  let answer: Answer | undefined
  let now: Now | undefined
  const server = createServer(async (request, response) => {
    const outgoing = await take(request, answer).catch(() => gatewayMessage(500))
    if (now !== undefined) response.setHeader('date', new Date(now()).toUTCString())
    send(request, response, outgoing)
  })
  server.keepAliveTimeout = 65_000
  const bound = await bind(server, port)
  return {
    port: bound,
    url: `http://${host}:${bound}`,
    open(given, clock) {
      now = clock
      answer = given
    },
    stop: () => close(server),
  }
}

function bind(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const reasons: Record<string, string> = { EADDRINUSE: 'is in use', EACCES: 'is not allowed' }
      const reason = reasons[cause.code ?? ''] ?? `cannot be used (${cause.message})`
      reject(new CannotStart(`Port ${port} ${reason}: set PORT to another one.`))
    })
    server.listen(port, host, () => {
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : port)
    })
  })
}

async function take(request: IncomingMessage, answer: Answer | undefined): Promise<Outgoing> {
  const target = request.url ?? '/'
  if (answer === undefined) return problem(starting, target)
  if (!isFromHere(request))
    return problem(badRequest('Only calls to 127.0.0.1 or localhost are served.'), target)
  const body = await readBody(request)
  if (body === undefined) return gatewayMessage(413)
  const headers = headersOf(request)
  const sourceIp = request.socket.remoteAddress ?? host
  return answer({ method: request.method ?? 'GET', target, headers, body, sourceIp })
}

// A page of another site in the same browser must not get tokens, neither by DNS rebinding nor across
// origins.
function isFromHere({ headers }: IncomingMessage): boolean {
  const isLocalName = /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(headers.host ?? '')
  return isLocalName && (headers.origin === undefined || headers.origin === `http://${headers.host}`)
}

/** Reads the body. Returns undefined when it exceeds API Gateway's limit. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > bodyBytesMax) return undefined
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request) {
    bytes += chunk.length
    if (bytes > bodyBytesMax) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function headersOf(request: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(request.headers))
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(',') : value
  return headers
}

function send(request: IncomingMessage, response: ServerResponse, outgoing: Outgoing): void {
  if (response.destroyed) return
  for (const [name, value] of Object.entries(outgoing.headers)) response.setHeader(name, value)
  if (outgoing.cookies?.length) response.setHeader('set-cookie', [...outgoing.cookies])
  // Unread bytes of a body would be parsed as the next request.
  if (!request.complete) response.setHeader('connection', 'close')
  response.statusCode = outgoing.status
  response.end(outgoing.body)
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(() => server.closeAllConnections(), 2_000)
    server.close(() => {
      clearTimeout(force)
      resolve()
    })
    server.closeIdleConnections()
  })
}
