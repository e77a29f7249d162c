import type * as v from 'valibot'
import type { Call } from './call.ts'

/** A call with its answers, for the OpenAPI document, the page's types and the tests; handlers do not load this. */
export interface Operation {
  readonly call: Call
  /** One or two sentences for the reader of the document. */
  readonly summary: string
  /** The body as the document shows it, where the handler reads it in more than one step. Default: the call's own. */
  readonly body?: v.GenericSchema
  /** The meaning of each status of success. */
  readonly statuses: Readonly<Record<number, string>>
  /** The JSON of a success, titled with the name of its component. Absent where there is no body. */
  readonly answer?: v.GenericSchema
  /** Other media types that `Accept` can ask for instead of JSON. */
  readonly media?: readonly ('text/csv' | 'text/html')[]
  /** Headers of a success in addition to those of every answer. */
  readonly headers?: readonly ('ContentDisposition' | 'ContentSecurityPolicy')[]
  /** Problems in addition to those that every call of its scope and input can have. */
  readonly problems?: readonly (404 | 409)[]
  readonly example?: { readonly request?: unknown; readonly answer?: unknown }
}

/** The JSON of a success, as its caller reads it; undefined where there is no body. */
export type AnswerOf<O extends Operation> = O extends {
  readonly answer: infer Schema extends v.GenericSchema
}
  ? v.InferOutput<Schema>
  : undefined
