import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

const quietMs = 1_200
const quietSecondsMax = 60
/** Connections to the engine. */
const connectionsMax = 128

export interface Units {
  readonly requests: number
  readonly writeUnits: number
  readonly readUnits: number
  /** The write units of Tollgate's functions in the background, such as the consumers of the stream. */
  readonly backgroundWriteUnits: number
}

export interface UnitCounter {
  /** Address that replaces the engine's. */
  readonly url: string
  /** Totals since the start. */
  total(): Units
  /** Waits until no write has passed for a moment, so that consumers of the stream have finished. */
  untilQuiet(): Promise<void>
  stop(): void
}

/**
 * A proxy in front of the engine that asks for the consumed capacity of each request and adds it up. DynamoDB charges failed
 * conditions without stating it, so the counter adds one unit for each, and two for each item of a cancelled transaction:
 * all these items are below 1 KB.
 */
export async function startUnitCounter(endpoint: string): Promise<UnitCounter> {
  const agent = new Agent({ keepAlive: true, maxSockets: connectionsMax })
  const counted = { requests: 0, writeUnits: 0, readUnits: 0, backgroundWriteUnits: 0 }
  let wroteAt = performance.now()
  const add = ({ call, caller, sent, answer, isFailed }: Exchange) => {
    counted.requests += 1
    const units = isFailed ? unitsOfFailure(sent, answer) : unitsOf(answer)
    if (isRead(call)) {
      counted.readUnits += units
      return
    }
    counted.writeUnits += units
    if (isBackground.test(caller)) counted.backgroundWriteUnits += units
    if (units > 0) wroteAt = performance.now()
  }
  const server = createServer((incoming, outgoing) => {
    forward({ endpoint, agent, incoming, outgoing }, add).catch(() => outgoing.destroy())
  })
  server.keepAliveTimeout = 60_000
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port is free')
  return {
    url: `http://127.0.0.1:${address.port}`,
    total: () => ({ ...counted }),
    untilQuiet: async () => {
      for (let waited = 0; waited < quietSecondsMax * 1_000; waited += 50) {
        if (performance.now() - wroteAt > quietMs) return
        await sleep(50)
      }
    },
    stop: () => {
      server.closeAllConnections()
      server.close()
      agent.destroy()
    },
  }
}

interface Passing {
  readonly endpoint: string
  readonly agent: Agent
  readonly incoming: IncomingMessage
  readonly outgoing: ServerResponse
}

/** A counted request and its answer. */
interface Exchange {
  readonly call: string
  /** Access key id: on one machine, the name of the function. */
  readonly caller: string
  readonly sent: string
  readonly answer: string
  readonly isFailed: boolean
}

/** Functions that no call of a service runs. */
const isBackground = /^(?!Authorize|Capture|Void|Settle|Record)\w+Function[0-9A-F]{8}$/

async function forward(
  { endpoint, agent, incoming, outgoing }: Passing,
  add: (exchange: Exchange) => void,
): Promise<void> {
  const call = String(incoming.headers['x-amz-target']).split('.').at(-1) ?? ''
  const sent = (await read(incoming)).toString()
  const body = isCounted(call) ? withCapacity(sent) : sent
  const headers = { ...incoming.headers, 'content-length': String(Buffer.byteLength(body)) }
  const answered = await new Promise<IncomingMessage>((resolve, reject) => {
    const passed = request(`${endpoint}${incoming.url}`, { method: incoming.method, headers, agent }, resolve)
    passed.on('error', reject)
    passed.end(body)
  })
  const answer = await read(answered)
  const status = answered.statusCode ?? 500
  const caller = /Credential=([^/]+)/.exec(String(incoming.headers.authorization))?.[1] ?? ''
  if (isCounted(call)) add({ call, caller, sent, answer: answer.toString(), isFailed: status >= 300 })
  outgoing.writeHead(status, answered.headers)
  outgoing.end(answer)
}

async function read(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks)
}

const reads: ReadonlySet<string> = new Set(['GetItem', 'BatchGetItem', 'Query', 'Scan', 'TransactGetItems'])
const isRead = (call: string) => reads.has(call)
const isCounted = (call: string) =>
  isRead(call) || /^(Put|Update|Delete|TransactWrite|BatchWrite)Items?$/.test(call)

/** The engine does not verify signatures, so the body may change. */
function withCapacity(body: string): string {
  return body.includes('"ReturnConsumedCapacity"')
    ? body
    : `{"ReturnConsumedCapacity":"TOTAL",${body.slice(1)}`
}

const capacity = /"ConsumedCapacity":(\{[^{}]*\}|\[[^[\]]*\])/
const unitsField = /"CapacityUnits":([0-9.]+)/g

function unitsOf(answer: string): number {
  const [, found = ''] = capacity.exec(answer) ?? []
  return [...found.matchAll(unitsField)].reduce((sum, [, units]) => sum + Number(units), 0)
}

function unitsOfFailure(sent: string, answer: string): number {
  if (answer.includes('ConditionalCheckFailedException')) return 1
  if (!answer.includes('TransactionCanceledException')) return 0
  return 2 * (sent.match(/"(?:Put|Update|Delete|ConditionCheck)":\{/g)?.length ?? 0)
}
