import { createServer, type IncomingMessage, request } from 'node:http'

/** A request that a function sent to AWS. */
export interface Sent {
  /** Logical id of the function: its credentials name it. */
  readonly functionId: string
  /** `X-Amz-Target`, or method and path where there is none. */
  readonly target: string
  readonly body: Readonly<Record<string, unknown>>
}

export interface Recorder {
  /** Puts a proxy that remembers requests in front of an address; returns the proxy's address. */
  between(endpoint: string): Promise<string>
  readonly sent: readonly Sent[]
  stop(): void
}

/** Hands requests on, byte for byte, and remembers who sent what. */
export function startRecorder(): Recorder {
  const sent: Sent[] = []
  const stops: (() => void)[] = []
  return {
    sent,
    stop: () => {
      for (const stop of stops) stop()
    },
    between: async (endpoint) => {
      const server = createServer(async (incoming, answer) => {
        const body = await readAll(incoming)
        sent.push(read(incoming, body))
        const { method, url, headers } = incoming
        const onward = request(new URL(url ?? '/', endpoint), { method, headers }, (reply) => {
          answer.writeHead(reply.statusCode ?? 502, reply.headers)
          reply.pipe(answer)
        })
        onward.on('error', () => answer.destroy())
        onward.end(body)
      })
      server.keepAliveTimeout = 65_000
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      stops.push(() => {
        server.closeAllConnections()
        server.close()
      })
      const address = server.address()
      if (address === null || typeof address === 'string') throw new Error('no port is free')
      return `http://127.0.0.1:${address.port}`
    },
  }
}

async function readAll(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk)
  return Buffer.concat(chunks)
}

function read({ method, url = '/', headers }: IncomingMessage, body: Buffer): Sent {
  const [, functionId] = /Credential=([^/]+)\//.exec(headers.authorization ?? '') ?? []
  if (functionId === undefined) throw new Error(`${method} ${url} is not signed`)
  const target = String(headers['x-amz-target'] ?? `${method} ${url.split('?', 1)[0]}`)
  return { functionId, target, body: body.length === 0 ? {} : JSON.parse(body.toString('utf8')) }
}
