/** A problem document (RFC 9457) that the API answered, its texts in the page's language. */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly status: number
  /** Stable, such as `PAYMENT_OVERDUE`. */
  readonly code: string
  readonly title: string
  readonly detail: string
  /** What the customer can do about it, where there is something. */
  readonly resolve: string | undefined
  readonly requestId: string | undefined
  /** What is wrong with each field: a JSON pointer, and words for people. */
  readonly errors: readonly { readonly pointer: string; readonly message: string }[]

  constructor(status: number, document: ProblemDocument) {
    super(document.code)
    this.status = status
    this.code = document.code
    this.title = document.title
    this.detail = document.detail
    this.resolve = document.resolve
    this.requestId = document.requestId
    this.errors = document.errors ?? []
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

/** Nobody answered: no network, or not in time. Whether a write was done is then unknown. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable'
}

/** What an answer that is no success says: its problem document, or nothing that can be told. */
export async function problemOf(response: Response): Promise<Problem | Unreachable> {
  const document: unknown = await response.json().catch(() => undefined)
  if (isProblem(document)) return new Problem(response.status, document)
  return new Unreachable(`status ${response.status}`)
}

function isProblem(document: unknown): document is ProblemDocument {
  return typeof document === 'object' && document !== null && 'code' in document && 'title' in document
}

/** Whether asking again, unchanged, may help. */
export function isPassing(error: unknown): boolean {
  return error instanceof Unreachable || (error instanceof Problem && error.status >= 500)
}
