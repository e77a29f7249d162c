import { type ServiceProxy, startServiceProxy } from './service-proxy.ts'

/** A proxy in front of local AWS services that refuses single calls of them. */
export interface BreakableServices extends ServiceProxy {
  /** `X-Amz-Target` of the calls that fail with 500 from now on. */
  readonly broken: Set<string>
}

/** Hands calls on unchanged, except the broken ones. */
export function makeBreakableServices(): BreakableServices {
  const broken = new Set<string>()
  const proxy = startServiceProxy((incoming, _, answer) => {
    if (!broken.has(String(incoming.headers['x-amz-target']))) return false
    answer.writeHead(500, { 'content-type': 'application/x-amz-json-1.1' })
    answer.end('{"__type":"InternalFailure","message":"broken by a test"}')
    return true
  })
  return { ...proxy, broken }
}
