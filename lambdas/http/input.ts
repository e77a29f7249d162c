import * as v from 'valibot'
import type { BodyOf, Call, ParamsOf, QueryOf } from '../../contract/call.ts'
import { type FieldError, fieldErrors } from '../../contract/field-errors.ts'
import { readBody } from './body.ts'
import type { SeenBy } from './caller.ts'
import type { HttpEvent } from './event.ts'
import type { Problem } from './outcome.ts'
import type { RequestContext } from './request.ts'

/** The input of a handler: everything is checked, and nothing of API Gateway is left. */
export interface Input<C extends Call> extends SeenBy {
  readonly params: ParamsOf<C>
  readonly query: QueryOf<C>
  readonly body: BodyOf<C>
  readonly requestId: string
  readonly language: RequestContext['language']
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>
}

const nothing = v.strictObject({})

/** Checks the path's parameters. Their errors are the first that an invalid request gets. */
export function readParams<C extends Call>(
  event: HttpEvent,
  call: C,
  { language }: RequestContext,
): { readonly params: ParamsOf<C> } | Problem {
  const params = v.safeParse(call.params ?? nothing, event.pathParameters ?? {}, { abortPipeEarly: true })
  if (params.success) return { params: params.output as ParamsOf<C> }
  return { problem: 'BAD_REQUEST', errors: fieldErrors(params.issues, '/path', language) }
}

/** Reads and checks query and body; the errors of both are reported together. */
export function readInput<C extends Call>(
  event: HttpEvent,
  call: C,
  { language }: RequestContext,
): { readonly query: QueryOf<C>; readonly body: BodyOf<C> } | Problem {
  const sent = call.body === undefined ? { json: undefined } : readBody(event, call)
  if ('problem' in sent) return sent
  const query = v.safeParse(call.query ?? nothing, event.queryStringParameters ?? {}, {
    abortPipeEarly: true,
  })
  const body = v.safeParse(call.body ?? v.undefined(), sent.json, { abortPipeEarly: true })
  const errors: FieldError[] = [
    ...(query.success ? [] : fieldErrors(query.issues, '/query', language)),
    ...(body.success ? [] : fieldErrors(body.issues, '', language)),
  ]
  if (errors.length > 0) return { problem: 'BAD_REQUEST', errors }
  return { query: query.output as QueryOf<C>, body: body.output as BodyOf<C> }
}
