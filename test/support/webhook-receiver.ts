import { createServer } from 'node:http'

export interface ReceivedWebhook {
  readonly headers: Record<string, string>
  readonly body: string
}

export interface WebhookReceiver {
  /** `http://127.0.0.1:<port>/hook` */
  readonly url: string
  readonly received: ReceivedWebhook[]
  /** The status of its answers from now on; 0 means no answer. */
  status: number
  /** The body of its answers. */
  body: string
  stop(): Promise<void>
}

/** A team's own server. It stores received requests, and answers with the test's status. */
export async function startReceiver(): Promise<WebhookReceiver> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([k, value]) => [k, String(value)]),
    )
    receiver.received.push({ headers, body: Buffer.concat(chunks).toString('utf8') })
    if (receiver.status === 0) return
    response.writeHead(receiver.status, { location: `${receiver.url}/elsewhere` })
    response.end(receiver.body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port is free')
  const receiver: WebhookReceiver = {
    url: `http://127.0.0.1:${address.port}/hook`,
    received: [],
    status: 204,
    body: 'x'.repeat(10),
    stop: async () => {
      server.closeAllConnections()
      server.close()
    },
  }
  return receiver
}
