import { createServer, type IncomingMessage } from 'node:http'
import { hiddenHost } from '../../audit/data-folder/hidden-host.ts'
import type { Closer } from './closer.ts'

// A Firehose call carries up to 4 MiB, encoded in base64.
const bodyBytesMax = 6_000_000

/** One call of an AWS service with JSON. Throw `ServiceFault` to return a named error. */
export type ServiceCall = (input: unknown) => Promise<object>

/** An error of the service, with the name that its clients know. */
export class ServiceFault extends Error {
  override readonly name = 'ServiceFault'
  readonly type: string

  constructor(type: string, message: string) {
    super(message)
    this.type = type
  }
}

export interface Services {
  /** The address to configure in clients of these services. */
  readonly url: string
  /**
   * Adds calls, by `X-Amz-Target`, such as `AWSStepFunctions.StartExecution`, or by method and path when
   * there is no such header.
   */
  serve(calls: Readonly<Record<string, ServiceCall>>): void
}

/**
 * A hidden place on loopback that stands in for AWS services. It handles only the added calls, of programs, and returns an
 * error for all others.
 */
export async function openServices(closer: Closer): Promise<Services> {
  const calls = new Map<string, ServiceCall>()
  const host = hiddenHost()
  const server = createServer(async (request, response) => {
    const { status, body } = await answer(calls, request)
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' })
    response.end(JSON.stringify(body))
  })
  server.keepAliveTimeout = 65_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, host, resolve)
  })
  closer.add(async () => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port is free')
  return {
    url: `http://${host}:${address.port}`,
    serve(more) {
      for (const [target, call] of Object.entries(more)) calls.set(target, call)
    },
  }
}

async function answer(calls: ReadonlyMap<string, ServiceCall>, request: IncomingMessage) {
  const { method, url = '/', headers } = request
  const target = String(headers['x-amz-target'] ?? `${method} ${url.split('?', 1)[0]}`)
  try {
    if (headers.origin !== undefined)
      throw new ServiceFault('AccessDeniedException', 'pages may not call this')
    const call = calls.get(target)
    if (call === undefined) throw new ServiceFault('UnknownOperationException', `${target} is not known here`)
    return { status: 200, body: await call(JSON.parse(await readBody(request))) }
  } catch (cause) {
    const fault = cause instanceof ServiceFault ? cause : new ServiceFault('InternalFailure', String(cause))
    return {
      status: fault.type === 'InternalFailure' ? 500 : 400,
      body: { __type: fault.type, message: fault.message },
    }
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request) {
    bytes += chunk.length
    if (bytes > bodyBytesMax) throw new ServiceFault('ValidationException', 'the body is too large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
