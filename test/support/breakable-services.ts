import { createServer, type IncomingMessage, request } from 'node:http'

/** A proxy in front of local AWS services that refuses single calls of them. */
export interface BreakableServices {
  between(endpoint: string): Promise<string>
  /** `X-Amz-Target` of the calls that fail with 500 from now on. */
  readonly broken: Set<string>
  stop(): void
}

/** Hands calls on unchanged, except the broken ones. */
export function makeBreakableServices(): BreakableServices {
  const broken = new Set<string>()
  const stops: (() => void)[] = []
  return {
    broken,
    stop: () => {
      for (const stop of stops) stop()
    },
    between: async (endpoint) => {
      const server = createServer(async (incoming, answer) => {
        const body = await readAll(incoming)
        if (broken.has(String(incoming.headers['x-amz-target']))) {
          answer.writeHead(500, { 'content-type': 'application/x-amz-json-1.1' })
          return answer.end('{"__type":"InternalFailure","message":"broken by a test"}')
        }
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
