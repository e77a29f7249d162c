import { randomUUID } from 'node:crypto'

/** One received request with its complete body. */
export interface Incoming {
  readonly method: string
  /** Path and query as sent, still encoded. */
  readonly target: string
  /** Header names in lower case. Repeated headers are joined with commas, `cookie` with semicolons. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
  readonly sourceIp: string
}

export interface Outgoing {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly cookies?: readonly string[]
  readonly body: Buffer | string
}

/** API Gateway's id of the request, on every response. */
export const requestIdHeader = 'apigw-requestid'

export interface ProblemText {
  readonly status: number
  readonly code: string
  readonly title: string
  readonly detail: string
}

/** Makes a problem document (RFC 9457) of the calls that exist on one machine only. */
export function problem(text: ProblemText, target: string, requestId: string = randomUUID()): Outgoing {
  const { status, code, title, detail } = text
  const type = `urn:tollgate:problem:${code.toLowerCase().replaceAll('_', '-')}`
  const [instance = '/'] = target.slice(0, 200).split('?')
  const body = JSON.stringify({ type, title, status, detail, instance, code, requestId })
  const headers = {
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
    'x-request-id': requestId,
  }
  return { status, headers, body }
}

const gatewayMessages = {
  401: 'Unauthorized',
  404: 'Not Found',
  413: 'Request Entity Too Large',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
} as const

/** API Gateway's own response, before or instead of a function's. */
export function gatewayMessage(
  status: keyof typeof gatewayMessages,
  requestId: string = randomUUID(),
): Outgoing {
  const headers = {
    'content-type': 'application/json',
    [requestIdHeader]: requestId,
    ...(status === 401 && { 'www-authenticate': 'Bearer' }),
  }
  return { status, headers, body: JSON.stringify({ message: gatewayMessages[status] }) }
}

export function json(status: number, value: unknown): Outgoing {
  const headers = { 'content-type': 'application/json', 'cache-control': 'no-store' }
  return { status, headers, body: JSON.stringify(value) }
}

export const notFound: ProblemText = {
  status: 404,
  code: 'NOT_FOUND',
  title: 'Not Found',
  detail: 'There is nothing at this path with this method.',
}

export const starting: ProblemText = {
  status: 503,
  code: 'BUSY',
  title: 'Service Unavailable',
  detail: 'Tollgate is still starting. Send the request again in a moment.',
}

export function badRequest(detail: string): ProblemText {
  return { status: 400, code: 'BAD_REQUEST', title: 'Bad Request', detail }
}
