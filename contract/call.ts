import type * as v from 'valibot'
import type { Route } from './route.ts'

/** The place of a call, and its input. An absent part must not be sent (a query) or is not read (a body). */
export interface Call {
  readonly route: Route
  readonly params?: v.GenericSchema
  readonly query?: v.GenericSchema
  readonly body?: v.GenericSchema
  /** Default: 64 kB. */
  readonly bodyBytesMax?: number
  /** Default: `application/json` only. */
  readonly contentTypes?: readonly string[]
  /** True: the answer has an `ETag`, because another call replaces the document with `If-Match`. Reads of the hub always have one. */
  readonly isTagged?: true
  /** The field of the answer that holds the time of the answer. Its `ETag` is weak and ignores the field. */
  readonly timeField?: string
  /** Makes the body from its JSON and the request's headers, before the schema reads it. Default: the JSON as it is. */
  readonly toBody?: (json: unknown, headers: Readonly<Record<string, string | undefined>>) => unknown
}

/** True for a call whose answers have an `ETag`: every read of the hub, also the offer, which needs no token, and some others. */
export function isTagged({ route, isTagged }: Call): boolean {
  return isTagged === true || (route.method === 'GET' && route.function === 'hub')
}

/** A call without params or without a query. */
export type Nothing = Readonly<Record<never, never>>

/** A schema's output, as the call's handler reads it; `Otherwise` for a call without the schema. */
type Read<Schema, Otherwise> = Schema extends v.GenericSchema ? v.InferOutput<Schema> : Otherwise
/** A schema's input, as the call's caller sends it. */
type Sent<Schema, Otherwise> = Schema extends v.GenericSchema ? v.InferInput<Schema> : Otherwise
type Part<C, Name extends string> = C extends Readonly<Record<Name, infer Schema>> ? Schema : undefined

export type ParamsOf<C extends Call> = Read<Part<C, 'params'>, Nothing>
export type QueryOf<C extends Call> = Read<Part<C, 'query'>, Nothing>
export type BodyOf<C extends Call> = Read<Part<C, 'body'>, undefined>

export type SentParams<C extends Call> = Sent<Part<C, 'params'>, Nothing>
export type SentQuery<C extends Call> = Sent<Part<C, 'query'>, Nothing>
export type SentBody<C extends Call> = Sent<Part<C, 'body'>, undefined>
