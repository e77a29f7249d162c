import * as v from 'valibot'
import type { Incoming, Outgoing } from './message.ts'

export interface EventFacts {
  readonly routeKey: string
  readonly parameters: Readonly<Record<string, string>>
  readonly requestId: string
  /** Real time in epoch milliseconds, as in API Gateway. */
  readonly receivedAt: number
  readonly claims?: Readonly<Record<string, unknown>>
}

/** Makes the event that API Gateway's HTTP API sends to a function, in payload format 2.0. */
export function toEvent(incoming: Incoming, facts: EventFacts) {
  const [rawPath = '', rawQueryString = ''] = splitOnce(incoming.target, '?')
  const { cookie, ...headers } = incoming.headers
  const isBinary = !isText(headers['content-type'])
  return {
    version: '2.0',
    routeKey: facts.routeKey,
    rawPath,
    rawQueryString,
    ...(cookie !== undefined && { cookies: cookie.split('; ') }),
    headers,
    ...(rawQueryString !== '' && { queryStringParameters: queryOf(rawQueryString) }),
    ...(Object.keys(facts.parameters).length > 0 && { pathParameters: facts.parameters }),
    requestContext: contextOf(incoming, rawPath, facts),
    ...(incoming.body.length > 0 && { body: incoming.body.toString(isBinary ? 'base64' : 'utf8') }),
    isBase64Encoded: isBinary && incoming.body.length > 0,
  }
}

function contextOf(
  incoming: Incoming,
  path: string,
  { routeKey, requestId, receivedAt, claims }: EventFacts,
) {
  return {
    accountId: '000000000000',
    apiId: 'local',
    domainName: incoming.headers.host ?? '127.0.0.1',
    domainPrefix: 'local',
    ...(claims && { authorizer: { jwt: { claims: claimsAsText(claims), scopes: null } } }),
    http: {
      method: incoming.method,
      path,
      protocol: 'HTTP/1.1',
      sourceIp: incoming.sourceIp,
      userAgent: incoming.headers['user-agent'] ?? '',
    },
    requestId,
    routeKey,
    stage: '$default',
    time: new Date(receivedAt).toUTCString(),
    timeEpoch: receivedAt,
  }
}

// API Gateway sends all claims as text, with lists in brackets.
function claimsAsText(claims: Readonly<Record<string, unknown>>): Record<string, string> {
  const entries = Object.entries(claims)
  return Object.fromEntries(
    entries.map(([name, value]) => [name, Array.isArray(value) ? `[${value.join(' ')}]` : String(value)]),
  )
}

function queryOf(rawQueryString: string): Record<string, string> {
  const query: Record<string, string> = Object.create(null)
  for (const [name, value] of new URLSearchParams(rawQueryString))
    query[name] = query[name] === undefined ? value : `${query[name]},${value}`
  return { ...query }
}

function isText(contentType = 'application/json'): boolean {
  return /^(text\/|application\/(.*[+/-])?(json|xml|javascript)\b|application\/x-www-form-urlencoded)/i.test(
    contentType,
  )
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator)
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
}

const Answer = v.object({
  statusCode: v.pipe(v.number(), v.integer(), v.minValue(100), v.maxValue(599)),
  headers: v.optional(v.record(v.string(), v.union([v.string(), v.number(), v.boolean()])), {}),
  cookies: v.optional(v.array(v.string())),
  body: v.optional(v.string(), ''),
  isBase64Encoded: v.optional(v.boolean(), false),
})

/**
 * Reads the response from a function's result. A result without `statusCode` is a JSON body. Returns
 * undefined when the result is neither.
 */
export function fromResult(result: unknown): Outgoing | undefined {
  const isAnswer = typeof result === 'object' && result !== null && 'statusCode' in result
  if (!isAnswer) {
    const body = JSON.stringify(result)
    return body === undefined
      ? undefined
      : { status: 200, headers: { 'content-type': 'application/json' }, body }
  }
  const { success, output } = v.safeParse(Answer, result)
  if (!success) return undefined
  const headers = Object.entries(output.headers).map(([name, value]) => [name.toLowerCase(), String(value)])
  return {
    status: output.statusCode,
    headers: { 'content-type': 'text/plain; charset=utf-8', ...Object.fromEntries(headers) },
    cookies: output.cookies,
    body: output.isBase64Encoded ? Buffer.from(output.body, 'base64') : output.body,
  }
}
