import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'

/** Sees each request before it is sent on. Returns true if it has answered instead. */
export type Intercept = (incoming: IncomingMessage, body: Buffer, answer: ServerResponse) => boolean

export interface ServiceProxy {
  /** Opens a place in front of an endpoint, and returns its address. */
  readonly between: (endpoint: string) => Promise<string>
  readonly stop: () => void
}

/** Passes on what functions send to services, and the answers. */
export function startServiceProxy(intercept: Intercept): ServiceProxy {
  const stops: (() => void)[] = []
  return {
    stop: () => {
      for (const stop of stops) stop()
    },
    between: async (endpoint) => {
      const server = createServer(async (incoming, answer) => {
        const body = await readAll(incoming)
        if (intercept(incoming, body, answer)) return
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
