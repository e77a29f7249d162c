import { mcpRouteKey } from '../../contract/mcp.ts'
import { dispatch } from '../http/dispatch.ts'
import type { HttpEvent, HttpResponse } from '../http/event.ts'
import { type DoorEvent, makeDoor } from '../mcp/door.ts'
import { makeFindHolder } from '../mcp/holders.ts'
import { readTools } from '../mcp/read-tools.ts'
import { makeVerifier } from '../mcp/tokens.ts'
import { workTools } from '../mcp/work-tools.ts'
import { readAuthority } from '../runtime/env.ts'
import type { Handler } from '../runtime/handler.ts'
import { openTeamDeps } from '../runtime/team-deps.ts'
import { getBalance } from './get-balance.ts'
import { getForecast } from './get-forecast.ts'
import { getMcpResource } from './get-mcp-resource.ts'
import { getUsage } from './get-usage.ts'
import { quoteUse } from './quote-use.ts'

const deps = openTeamDeps()
const authority = readAuthority()
const metadata = dispatch<'mcp'>({ getMcpResource: getMcpResource() })
const hub = {
  quoteUse: quoteUse(deps),
  getBalance: getBalance(deps),
  getForecast: getForecast(deps),
  getUsage: getUsage(deps),
}
const door = makeDoor({
  tools: [...readTools(deps, hub), ...workTools(deps)],
  verify: makeVerifier(authority),
  findHolder: makeFindHolder(deps),
})

/** Serves agents, and tells them where to get a token. */
export const handler: Handler<HttpEvent, HttpResponse> = (event, context) =>
  isOfDoor(event) ? door(event, context) : metadata(event, context)

const isOfDoor = (event: HttpEvent): event is DoorEvent => event.routeKey === mcpRouteKey
