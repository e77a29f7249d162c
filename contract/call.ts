import type * as v from 'valibot'
import type { OperationId } from './routes.ts'

/** What one call takes. What is left out must not be sent (a query) or is not read (a body). */
export interface Call {
  readonly operationId: OperationId
  readonly params?: v.GenericSchema
  readonly query?: v.GenericSchema
  readonly body?: v.GenericSchema
  /** Default: 64 kB. */
  readonly bodyBytesMax?: number
  /** Default: `application/json` only. */
  readonly contentTypes?: readonly string[]
}

type Nothing = Readonly<Record<never, never>>
type Parsed<Schema> = Schema extends v.GenericSchema ? v.InferOutput<Schema> : Nothing

export type ParamsOf<C extends Call> = C extends { readonly params: infer S } ? Parsed<S> : Nothing
export type QueryOf<C extends Call> = C extends { readonly query: infer S } ? Parsed<S> : Nothing
export type BodyOf<C extends Call> = C extends { readonly body: infer S } ? Parsed<S> : undefined
