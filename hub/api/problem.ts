/** An error answer of the API: a problem document (RFC 9457) with texts in the page's language. */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly status: number
  /** Stable, such as `PAYMENT_OVERDUE`. */
  readonly code: string
  readonly title: string
  readonly detail: string
  /** Advice for the customer, if there is anything to do. */
  readonly resolve: string | undefined
  readonly requestId: string | undefined
  /** The error of each field: a JSON pointer and a text for people. */
  readonly errors: readonly { readonly pointer: string; readonly message: string }[]
  /** The time before which the same request is in vain, if the answer states it. */
  readonly retryAfterMilliseconds: number | undefined

  constructor(status: number, document: ProblemDocument, retryAfterMilliseconds?: number) {
    super(document.code)
    this.status = status
    this.code = document.code
    this.title = document.title
    this.detail = document.detail
    this.resolve = document.resolve
    this.requestId = document.requestId
    this.errors = document.errors ?? []
    this.retryAfterMilliseconds = retryAfterMilliseconds
  }
}

export interface ProblemDocument {
  readonly code: string
  readonly title: string
  readonly detail: string
  readonly resolve?: string
  readonly requestId?: string
  readonly errors?: readonly { readonly pointer: string; readonly message: string }[]
}

/** No answer arrived in time, or there is no network. It is unknown if a write was done. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable'
  readonly retryAfterMilliseconds: number | undefined

  constructor(message: string, { retryAfterMilliseconds, ...options }: UnreachableOptions = {}) {
    super(message, options)
    this.retryAfterMilliseconds = retryAfterMilliseconds
  }
}

interface UnreachableOptions extends ErrorOptions {
  readonly retryAfterMilliseconds?: number | undefined
}

/** API Gateway's own answer to a call without a valid token, which is no problem document. */
export class Unauthorized extends Error {
  override readonly name = 'Unauthorized'
}

/** Turns an error response into an error: `Unreachable` if neither Tollgate nor API Gateway has refused the call. */
export async function problemOf(response: Response): Promise<Problem | Unauthorized | Unreachable> {
  const document: unknown = await response.json().catch(() => undefined)
  const retryAfterMilliseconds = retryAfterIn(response)
  if (isProblem(document)) return new Problem(response.status, document, retryAfterMilliseconds)
  if (response.status === 401) return new Unauthorized('no valid token')
  return new Unreachable(`status ${response.status}`, { retryAfterMilliseconds })
}

/** API Gateway does not state when its limit on calls lets the next one through. */
const afterTooManyMilliseconds = 10_000

function retryAfterIn({ status, headers }: Response): number | undefined {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN)
  if (Number.isFinite(seconds)) return seconds * 1_000
  return status === 429 ? afterTooManyMilliseconds : undefined
}

/** Milliseconds for which an answer has asked the page to wait; undefined if it did not. */
export function retryAfterOf(error: unknown): number | undefined {
  return error instanceof Problem || error instanceof Unreachable ? error.retryAfterMilliseconds : undefined
}

function isProblem(document: unknown): document is ProblemDocument {
  return typeof document === 'object' && document !== null && 'code' in document && 'title' in document
}

/** Returns true if the token is missing, expired or revoked. */
export function isSignedOut(error: unknown): boolean {
  return error instanceof Unauthorized || (error instanceof Problem && error.status === 401)
}

/** Returns true if somebody else changed a document after it was read. */
export function isStale(error: unknown): boolean {
  return error instanceof Problem && error.status === 412
}

/** Returns true if the same request may succeed when it is sent again. */
export function isPassing(error: unknown): boolean {
  return error instanceof Unreachable || (error instanceof Problem && error.status >= 500)
}
