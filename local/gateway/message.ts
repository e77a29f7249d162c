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

export interface ProblemText {
  readonly status: number
  readonly code: string
  readonly title: string
  readonly detail: string
}

/** Makes a problem document (RFC 9457) of the gateway, in the same form as the functions' problem documents. */
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

export const unauthenticated: ProblemText = {
  status: 401,
  code: 'UNAUTHENTICATED',
  title: 'Unauthorized',
  detail: 'Send a valid token: "Authorization: Bearer …".',
}

export const tooLarge: ProblemText = {
  status: 413,
  code: 'PAYLOAD_TOO_LARGE',
  title: 'Request Entity Too Large',
  detail: 'The body may have 1 MiB.',
}

export const failed: ProblemText = {
  status: 500,
  code: 'INTERNAL_ERROR',
  title: 'Internal Server Error',
  detail: 'Tollgate failed to answer. It is safe to send the same request again.',
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
