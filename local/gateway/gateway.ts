import { randomUUID } from 'node:crypto'
import type { RouteLimit, WiredRoute } from '../wiring.ts'
import { fromResult, toEvent } from './gateway-event.ts'
import type { Issuer } from './issuer.ts'
import { gatewayMessage, type Incoming, type Outgoing, requestIdHeader } from './message.ts'
import { makeRateLimits } from './rate-limits.ts'
import { makeRouteTable } from './route-table.ts'

/** Largest body that API Gateway takes. */
export const bodyBytesMax = 10 * 1024 * 1024
/** Largest event and largest result of a function, as JSON, in bytes. */
const eventBytesMax = 6 * 1024 * 1024
const resultBytesMax = 6_291_556
/** A character is at most six bytes of JSON, so a shorter text needs no count. */
const uncountedCharsMax = 1_000_000

export interface GatewayParts {
  readonly routes: readonly WiredRoute[]
  readonly limits: readonly RouteLimit[]
  readonly issuer: Issuer
  readonly invoke: (functionId: string, event: unknown) => Promise<unknown>
  readonly log: (line: string) => void
}

/**
 * Handles requests as the template's HTTP API does: route, limit, token, then function. What is wrong before or in the
 * function gets API Gateway's own answer. Never rejects.
 */
export type Gateway = (incoming: Incoming) => Promise<Outgoing>

export function makeGateway({ routes, limits, issuer, invoke, log }: GatewayParts): Gateway {
  const find = makeRouteTable(routes)
  const isAllowed = makeRateLimits(limits)
  return async (incoming) => {
    const requestId = randomUUID()
    const { method, target } = incoming
    const match = find(method, target.split('?', 1)[0] ?? '')
    if (match === undefined) return gatewayMessage(404, requestId)
    const { key, functionId, jwt, timeoutMilliseconds } = match.route
    if (!isAllowed(key)) return gatewayMessage(429, requestId)
    const claims = jwt && (await issuer.verify(bearerOf(incoming), jwt))
    if (jwt !== undefined && claims === undefined) return gatewayMessage(401, requestId)
    const facts = { routeKey: key, parameters: match.parameters, requestId, receivedAt: Date.now(), claims }
    const event = toEvent(incoming, facts)
    if (isLarger(event.body, event, eventBytesMax)) return gatewayMessage(413, requestId)
    try {
      const result = await inTime(timeoutMilliseconds, invoke(functionId, event))
      if (result === tooLate) {
        log(`${requestId} ${key}: no result after ${timeoutMilliseconds} ms`)
        return gatewayMessage(503, requestId)
      }
      const answer = fromResult(result)
      const isTooLarge = isLarger(answer?.body, result, resultBytesMax)
      if (answer !== undefined && !isTooLarge)
        return { ...answer, headers: { ...answer.headers, [requestIdHeader]: requestId } }
      log(`${requestId} ${key}: the function's result is ${isTooLarge ? 'over 6 MB' : 'not a response'}`)
    } catch (cause) {
      log(`${requestId} ${key}: ${cause}`)
    }
    return gatewayMessage(500, requestId)
  }
}

const tooLate = Symbol('tooLate')

/** Waits for a function as long as API Gateway does. The function itself goes on after that. */
async function inTime(milliseconds: number, invoked: Promise<unknown>): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise((resolve) => {
    timer = setTimeout(resolve, milliseconds, tooLate)
  })
  try {
    return await Promise.race([invoked, timeout])
  } finally {
    clearTimeout(timer)
  }
}

/** True if a value is longer than Lambda allows. `body` is its only part that can be long. */
function isLarger(body: string | Buffer | undefined, value: unknown, bytesMax: number): boolean {
  if (body === undefined || body.length <= uncountedCharsMax) return false
  return Buffer.byteLength(JSON.stringify(value)) > bytesMax
}

function bearerOf({ headers }: Incoming): string {
  return (headers.authorization ?? '').replace(/^bearer /i, '').trim()
}
