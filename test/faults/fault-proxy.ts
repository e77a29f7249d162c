import {
  Agent,
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http'

/** One request to the table, as it came over the wire. */
export interface SeenRequest {
  /** `GetItem`, `TransactWriteItems`, … */
  readonly action: string
  readonly body: string
  /** Of a query: the index it asks. */
  readonly index?: string
  readonly isWrite: boolean
}

/** An answer as it goes over the wire. */
export interface WireAnswer {
  readonly status: number
  readonly body: string
}

/** One request on its way through the proxy: what a fault may do with it. */
export interface Exchange {
  readonly request: SeenRequest
  /** Lets the engine do it, the very request or another one in its place. Rejects when the engine is gone. */
  forward(body?: string): Promise<WireAnswer>
  answer(answer: WireAnswer): void
  /** Sends the head and half of the body, and cuts the line. */
  cut(answer: WireAnswer): void
  /** Cuts the line without a word. */
  reset(): void
}

/** Handles one request in place of the engine. */
export type Act = (exchange: Exchange) => Promise<void>

/** Chooses an act for each request of a table, in order of arrival. `undefined` lets the request through. */
export type Plan = (request: SeenRequest, count: number) => Act | undefined

export interface FaultProxy {
  readonly endpoint: string
  /** Address of the engine. It changes when the engine starts again. */
  target: string
  /** Puts a plan in front of a table. Returns a list of its requests that grows as they arrive. */
  watch(tableName: string, plan: Plan): readonly SeenRequest[]
  stop(): Promise<void>
}

interface Watched {
  readonly plan: Plan
  readonly seen: SeenRequest[]
}

const writes = /^(TransactWriteItems|PutItem|UpdateItem|DeleteItem|BatchWriteItem)$/
const tableNames = /"(cell-\d+)"/

/**
 * An HTTP proxy in front of the engine that speaks DynamoDB's wire protocol, and breaks it as planned, table by table. What
 * no plan speaks of goes through as it is.
 */
export async function startFaultProxy(target: string): Promise<FaultProxy> {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 })
  const watched = new Map<string, Watched>()
  const server = createServer(async (incoming, outgoing) => {
    const body = await textOf(incoming)
    const request = toSeen(incoming, body)
    const { plan, seen } = watched.get(tableNames.exec(body)?.[1] ?? '') ?? { plan: noPlan, seen: [] }
    seen.push(request)
    const exchange: Exchange = {
      request,
      forward: (changed = body) => forward(proxy.target, agent, incoming, changed),
      answer: (answer) => send(outgoing, answer),
      cut: (answer) => cutOff(outgoing, answer),
      reset: () => void incoming.socket.resetAndDestroy(),
    }
    const act = plan(request, seen.length) ?? goThrough
    await act(exchange).catch(() => exchange.reset())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port is free')
  const proxy: FaultProxy = {
    endpoint: `http://127.0.0.1:${address.port}`,
    target,
    watch: (tableName, plan) => {
      const seen: SeenRequest[] = []
      watched.set(tableName, { plan, seen })
      return seen
    },
    stop: async () => {
      agent.destroy()
      server.closeAllConnections()
      server.close()
    },
  }
  return proxy
}

export const goThrough: Act = async (exchange) => exchange.answer(await exchange.forward())

const noPlan: Plan = () => undefined

async function textOf(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

function toSeen(incoming: IncomingMessage, body: string): SeenRequest {
  const action = String(incoming.headers['x-amz-target']).split('.').at(-1) ?? ''
  const index = /"IndexName":"(\w+)"/.exec(body)?.[1]
  return { action, body, isWrite: writes.test(action), ...(index !== undefined && { index }) }
}

function forward(target: string, agent: Agent, incoming: IncomingMessage, body: string): Promise<WireAnswer> {
  const headers = {
    ...incoming.headers,
    host: new URL(target).host,
    'content-length': Buffer.byteLength(body),
  }
  return new Promise((resolve, reject) => {
    const sent = httpRequest(target, { method: 'POST', agent, headers }, async (answer) => {
      resolve({ status: answer.statusCode ?? 0, body: await textOf(answer) })
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

function send(outgoing: ServerResponse, { status, body }: WireAnswer): void {
  if (outgoing.destroyed) return
  outgoing.writeHead(status, headersOf(body))
  outgoing.end(body)
}

function cutOff(outgoing: ServerResponse, { status, body }: WireAnswer): void {
  outgoing.writeHead(status, headersOf(body))
  outgoing.write(body.slice(0, Math.floor(body.length / 2)), () => outgoing.destroy())
}

function headersOf(body: string) {
  return { 'content-type': 'application/x-amz-json-1.0', 'content-length': Buffer.byteLength(body) }
}
