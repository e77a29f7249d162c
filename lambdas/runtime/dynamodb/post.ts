import type { IncomingMessage } from 'node:http'
import https from 'node:https'
import type { Socket } from 'node:net'

/** Not an import: importing it as a module reads its every export, and one of them loads the whole of `fetch`. */
const http = process.getBuiltinModule('node:http')

export interface Posted {
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export interface Answer {
  readonly status: number
  readonly body: string
}

/** Milliseconds until a connection is there, and until the whole answer is. */
export interface Patience {
  readonly connectMs: number
  readonly answerMs: number
}

/** Sends a POST and reads the whole answer. Rejects with `TimeoutError`, or the error of the line. */
export type Post = (posted: Posted, patience: Patience) => Promise<Answer>

/** Makes a `Post` that keeps connections open between requests. As many as the SDK has at most. */
export function makePost(): Post {
  const options = { keepAlive: true, maxSockets: 50 }
  const [httpAgent, httpsAgent] = [new http.Agent(options), new https.Agent(options)]
  return ({ url, headers, body }, { connectMs, answerMs }) =>
    new Promise((resolve, reject) => {
      const common = { method: 'POST', headers: { ...headers, 'content-length': Buffer.byteLength(body) } }
      const request =
        url.protocol === 'https:'
          ? https.request(url, { ...common, agent: httpsAgent })
          : http.request(url, { ...common, agent: httpAgent })
      const giveUp = (ms: number) => setTimeout(() => request.destroy(timeoutAfter(ms)), ms)
      const timers = [giveUp(answerMs)]
      request.on('socket', (socket: Socket) => {
        if (!socket.connecting) return
        const timer = giveUp(connectMs)
        timers.push(timer)
        socket.once('connect', () => clearTimeout(timer))
      })
      request.on('close', () => timers.forEach(clearTimeout))
      request.on('error', reject)
      request.on('response', (response) => read(response).then(resolve, reject))
      request.end(body)
    })
}

/** An answer that is cut off rejects with the error of the line. */
async function read(response: IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(chunk)
  return { status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }
}

function timeoutAfter(ms: number): Error {
  return Object.assign(new Error(`no answer within ${ms} ms`), { name: 'TimeoutError' })
}
