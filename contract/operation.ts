import type * as v from 'valibot'
import type { Call } from './call.ts'

/**
 * A call with its answers, for the OpenAPI document, the page's types and the tests. Handlers do not load
 * this.
 */
export interface Operation {
  readonly call: Call
  /** One or two sentences for the reader of the document. */
  readonly summary: string
  /** The body in the document, for a handler that reads it in several steps. Default: the call's body. */
  readonly body?: v.GenericSchema
  /** Description of each success status. */
  readonly statuses: Readonly<Record<number, string>>
  /** The JSON of a success; its title is the name of its component. Absent when there is no body, or only `media`. */
  readonly answer?: v.GenericSchema
  /** Media types that `Accept` can request instead of JSON; those of every answer where there is no JSON. */
  readonly media?: readonly ('text/csv' | 'text/html')[]
  /** Headers of a success in addition to those of every answer. */
  readonly headers?: readonly ('ContentDisposition' | 'ContentSecurityPolicy' | 'Link')[]
  /** Problems in addition to those that every call of its scope and input can have. */
  readonly problems?: readonly (404 | 409 | 412 | 422)[]
  readonly example?: { readonly request?: unknown; readonly answer?: unknown }
}

/** The JSON of a success as the caller reads it; undefined when there is no body. */
export type AnswerBodyOf<O extends Operation> = O extends {
  readonly answer: infer Schema extends v.GenericSchema
}
  ? v.InferOutput<Schema>
  : undefined
