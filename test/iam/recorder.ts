import type { IncomingMessage } from 'node:http'
import { type ServiceProxy, startServiceProxy } from '../support/service-proxy.ts'

/** A request that a function sent to AWS. */
export interface Sent {
  /** Logical id of the function: its credentials name it. */
  readonly functionId: string
  /** `X-Amz-Target`, or method and path where there is none. */
  readonly target: string
  readonly body: Readonly<Record<string, unknown>>
}

export interface Recorder extends ServiceProxy {
  readonly sent: readonly Sent[]
}

/** Hands requests on, byte for byte, and remembers who sent what. */
export function startRecorder(): Recorder {
  const sent: Sent[] = []
  const proxy = startServiceProxy((incoming, body) => {
    sent.push(read(incoming, body))
    return false
  })
  return { ...proxy, sent }
}

function read({ method, url = '/', headers }: IncomingMessage, body: Buffer): Sent {
  const [, functionId] = /Credential=([^/]+)\//.exec(headers.authorization ?? '') ?? []
  if (functionId === undefined) throw new Error(`${method} ${url} is not signed`)
  const target = String(headers['x-amz-target'] ?? `${method} ${url.split('?', 1)[0]}`)
  return { functionId, target, body: body.length === 0 ? {} : JSON.parse(body.toString('utf8')) }
}
