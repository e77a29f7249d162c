import type { FieldError, FieldFault } from '../../contract/field-errors.ts'
import type { EventProblem } from '../../contract/usage-event.ts'
import type { Refusal } from '../../core/refusal.ts'
import type {
  ClassificationCode,
  ProblemText,
  RequestProblemCode,
  TextFacts,
} from '../../core/texts/texts-model.ts'

/** A usual answer. A string body is sent as it is, with the handler's own content type; anything else as JSON. */
export interface Answer {
  readonly status: number
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/**
 * An answer that is loaded only if the caller has not got it yet. `dependsOn` is everything that it depends on besides the
 * call's input and language, as it was before `load` reads the rest: two answers with equal ones are equal.
 */
export interface LazyAnswer {
  readonly dependsOn: unknown
  readonly load: () => Promise<unknown>
}

/** A request that failed. The answer is a problem document. */
export interface Problem {
  readonly problem: RequestProblemCode
  readonly errors?: readonly FieldError[]
  readonly faults?: readonly FieldFault[]
  readonly facts?: TextFacts
  readonly retryAfterSeconds?: number
}

/** A request whose meter cannot be determined, and the parts that would tell it. */
export interface ClassificationProblem extends ProblemText {
  readonly code: ClassificationCode
  readonly missing: readonly string[]
}

/** A usage event that was sent alone, or a request that was to be classified. The answer is a 422 problem with its code. */
export interface Rejection {
  readonly rejected: EventProblem | ClassificationProblem
}

/** A result of a handler. A refusal becomes a 409 problem with its code. */
export type Outcome = Answer | LazyAnswer | Problem | Refusal | Rejection

/** 404: also for anything whose existence the caller may not learn. */
export const notFound: Problem = { problem: 'NOT_FOUND' }

/** 412: the document is not the one that the caller has read. Nothing was done. */
export const preconditionFailed: Problem = { problem: 'PRECONDITION_FAILED' }

/** 503 with `Retry-After`: nothing was done. */
export function busy(retryAfterSeconds = 1): Problem {
  return { problem: 'BUSY', retryAfterSeconds }
}

/** 400 for an error that only a handler can find, such as a meter that no rate card names. */
export function badRequest(...faults: readonly FieldFault[]): Problem {
  return { problem: 'BAD_REQUEST', faults }
}

export function problem(code: RequestProblemCode): Problem {
  return { problem: code }
}
