import { randomUUID } from 'node:crypto'
import type { WiredRoute } from '../wiring.ts'
import { fromResult, toEvent } from './gateway-event.ts'
import type { Issuer } from './issuer.ts'
import {
  failed,
  type Incoming,
  notFound,
  type Outgoing,
  problem,
  tooLarge,
  unauthenticated,
} from './message.ts'
import { makeRouteTable } from './route-table.ts'

export const bodyBytesMax = 1_048_576

export interface GatewayParts {
  readonly routes: readonly WiredRoute[]
  readonly issuer: Issuer
  readonly invoke: (functionId: string, event: unknown) => Promise<unknown>
  readonly log: (line: string) => void
}

/** Handles requests as the template's HTTP API does: route, then token, then function. Never rejects. */
export type Gateway = (incoming: Incoming) => Promise<Outgoing>

export function makeGateway({ routes, issuer, invoke, log }: GatewayParts): Gateway {
  const find = makeRouteTable(routes)
  return async (incoming) => {
    const requestId = randomUUID()
    const { method, target } = incoming
    const match = find(method, target.split('?', 1)[0] ?? '')
    if (match === undefined) return problem(notFound, target, requestId)
    const { key, functionId, jwt } = match.route
    const claims = jwt && (await issuer.verify(bearerOf(incoming), jwt))
    if (jwt !== undefined && claims === undefined) return problem(unauthenticated, target, requestId)
    if (incoming.body.length > bodyBytesMax) return problem(tooLarge, target, requestId)
    const facts = { routeKey: key, parameters: match.parameters, requestId, receivedAt: Date.now(), claims }
    try {
      const answer = fromResult(await invoke(functionId, toEvent(incoming, facts)))
      if (answer !== undefined) return answer
      log(`${requestId} ${key}: the function's result is not a response`)
    } catch (cause) {
      log(`${requestId} ${key}: ${cause}`)
    }
    return problem(failed, target, requestId)
  }
}

function bearerOf({ headers }: Incoming): string {
  return (headers.authorization ?? '').replace(/^bearer /i, '').trim()
}
