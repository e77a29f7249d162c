import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Fields of an event that the stand-in reads. */
export interface SentEvent {
  readonly source: string
  readonly id: string
  readonly subject: string
  readonly time: string
  readonly data: { readonly meter: string; readonly quantity: number }
}

/** One received batch. */
export interface SentBatch {
  readonly events: readonly SentEvent[]
  readonly token: string
}

type Fault = (
  batch: SentBatch,
  number: number,
) => { status: number; body?: unknown; retryAfter?: string } | 'cut' | undefined

export interface UsageServerOptions {
  /** The time of its clock; without it, the server has no clock. */
  readonly now?: string
  /** Number of token requests that get a 503 first. */
  readonly notYet?: number
  readonly fault?: Fault
}

/**
 * Stands in for Tollgate's `/v1/usage`: remembers events by source and id, charges one token for each unit of
 * data, and rejects the app `retired-app`. `fault` may answer a batch (numbered from 1) instead.
 */
export async function startUsageServer(options: UsageServerOptions = {}) {
  const { now, notYet = 0, fault = () => undefined } = options
  const known = new Set<string>()
  const batches: SentBatch[] = []
  let [tokens, asked, underWay, underWayMax] = [0, 0, 0, 0]

  const usage = async (request: IncomingMessage, response: ServerResponse) => {
    const events = JSON.parse(await textOf(request)) as SentEvent[]
    const batch = { events, token: request.headers.authorization ?? '' }
    batches.push(batch)
    underWay += 1
    underWayMax = Math.max(underWayMax, underWay)
    await new Promise(setImmediate)
    underWay -= 1
    const wrong = fault(batch, batches.length)
    if (wrong === 'cut') return request.socket.destroy()
    if (wrong) return answer(response, wrong.status, wrong.body ?? {}, wrong.retryAfter)
    return answer(response, 200, { results: events.map((event) => result(known, event)) })
  }

  const server = createServer(async (request, response) => {
    if (request.url === '/local/tokens' && ++asked <= notYet) return answer(response, 503, {})
    if (request.url === '/local/tokens') return answer(response, 200, { token: `token-${++tokens}` })
    if (request.url === '/local/clock' && now !== undefined) return answer(response, 200, { now })
    if (request.url === '/v1/usage') return usage(request, response)
    return answer(response, 404, { code: 'NOT_FOUND' })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    known,
    batches,
    underWayMax: () => underWayMax,
    stop: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(resolve))
    },
  }
}

function result(known: Set<string>, { source, id, subject, data }: SentEvent) {
  if (subject === 'retired-app') {
    return {
      id,
      source,
      status: 'rejected',
      problem: { code: 'UNKNOWN_APP', title: 'Unknown', detail: 'No such app' },
    }
  }
  if (!Number.isInteger(data.quantity))
    return { id, source, status: 'rejected', problem: { code: 'BAD_EVENT' } }
  const identity = `${source} ${id}`
  if (known.has(identity)) return { id, source, status: 'duplicate' }
  known.add(identity)
  const charge = { source: 'flex', meter: data.meter, units: data.quantity, tokens: data.quantity / 2 }
  return { id, source, status: 'recorded', charges: [charge] }
}

function answer(response: ServerResponse, status: number, body: unknown, retryAfter?: string): void {
  if (retryAfter !== undefined) response.setHeader('retry-after', retryAfter)
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}
