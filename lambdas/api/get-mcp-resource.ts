import { getMcpResource as call } from '../../contract/get-mcp-resource.ts'
import type { Outcome } from '../http/outcome.ts'
import { route } from '../http/route.ts'
import { resourceToJson } from '../mcp/resource.ts'
import { readAuthority } from '../runtime/env.ts'

/** Shows agents where to get a token. */
export function getMcpResource() {
  const authority = readAuthority()
  return route(call, ({ headers }): Outcome => ({ status: 200, body: resourceToJson(headers, authority) }))
}
