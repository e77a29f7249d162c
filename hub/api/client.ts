import type { SentBody, SentParams, SentQuery } from '../../contract/call.ts'
import type { Calls } from '../../contract/calls.ts'
import type { AnswerBodyOf } from '../../contract/operation.ts'
import type { Language } from '../../core/texts/texts-model.ts'
import { problemOf, Unreachable } from './problem.ts'
import { type OperationId, routeOf } from './routes.ts'
import { SeenAnswers } from './seen-answers.ts'
import { allPages } from './text-pages.ts'

type CallOf<Id extends OperationId> = Calls[Id]['call']
export type Params<Id extends OperationId> = SentParams<CallOf<Id>>
export type Query<Id extends OperationId> = SentQuery<CallOf<Id>>
export type Body<Id extends OperationId> = SentBody<CallOf<Id>>
export type Answer<Id extends OperationId> = AnswerBodyOf<Calls[Id]>

type Part<Name extends string, Value> = Value extends undefined
  ? { readonly [name in Name]?: undefined }
  : Record<never, never> extends Value
    ? { readonly [name in Name]?: Value }
    : { readonly [name in Name]: Value }

/** Input of a call. Parts that the call does not take, or does not need, are left out. */
export type Given<Id extends OperationId> = Part<'params', Params<Id>> &
  Part<'query', Query<Id>> &
  Part<'body', Body<Id>> & {
    /** The tag of the document that the call changes. Error 412 if the document has changed since. */
    readonly ifMatch?: string | undefined
  }

export interface ClientParts {
  /** URL of the API, without a trailing slash. Empty: the API has the same origin as the page. */
  readonly api: string
  /** The access token, or undefined for calls without one. */
  readonly token: () => string | undefined
  readonly language: () => Language
}

export interface Tagged<Body> {
  readonly answer: Body
  readonly etag: string | undefined
}

export interface Client {
  /** Sends one call and never repeats it. Throws `Problem` for an error answer, and `Unreachable` if no answer arrives. */
  call<Id extends OperationId>(id: Id, given: Given<Id>, signal?: AbortSignal): Promise<Answer<Id>>
  /** Like `call`, but also returns the answer's tag, for the call that changes what was read. */
  read<Id extends OperationId>(id: Id, given: Given<Id>): Promise<Tagged<Answer<Id>>>
  /** Forgets all answers, so that the next ones are sent whole, with their time. */
  forget(): void
  /** Like `call`, but returns the body as text, such as CSV for `text/csv`: of several pages, all of them. */
  text<Id extends OperationId>(id: Id, given: Given<Id>, accept: string): Promise<string>
}

const timeoutMilliseconds = 15_000

export function makeClient(parts: ClientParts): Client {
  const seen = new SeenAnswers()
  return {
    async call<Id extends OperationId>(id: Id, given: Given<Id>, signal?: AbortSignal) {
      const key = `${parts.language()} ${urlOf(routeOf(id).path, given)}`
      const known = routeOf(id).method === 'GET' ? seen.find(key) : undefined
      const ifNoneMatch = known?.etag
      const response = await send(parts, id, { given, accept: 'application/json', signal, ifNoneMatch })
      if (response.status === 304) return known?.answer as Answer<Id>
      const answer = response.status === 204 ? undefined : await response.json()
      seen.keep(key, { answer, etag: response.headers.get('etag') })
      return answer as Answer<Id>
    },
    forget: () => seen.clear(),
    async read<Id extends OperationId>(id: Id, given: Given<Id>) {
      const response = await send(parts, id, { given, accept: 'application/json' })
      const answer = (await response.json()) as Answer<Id>
      return { answer, etag: response.headers.get('etag') ?? undefined }
    },
    async text(id, given, accept) {
      return allPages((query = given.query) => send(parts, id, { given: { ...given, query }, accept }))
    },
  }
}

interface Sent {
  readonly given: {
    readonly params?: object
    readonly query?: object
    readonly body?: unknown
    readonly ifMatch?: string | undefined
  }
  readonly accept: string
  readonly signal?: AbortSignal
  readonly ifNoneMatch?: string | undefined
}

async function send(parts: ClientParts, id: OperationId, sent: Sent): Promise<Response> {
  const { method, path } = routeOf(id)
  const { body } = sent.given
  const timeout = AbortSignal.timeout(timeoutMilliseconds)
  const response = await fetch(`${parts.api}${urlOf(path, sent.given)}`, {
    method,
    headers: headersOf(parts, sent),
    body: body === undefined ? null : JSON.stringify(body),
    signal: sent.signal === undefined ? timeout : AbortSignal.any([timeout, sent.signal]),
  }).catch((cause) => {
    if (sent.signal?.aborted) throw cause
    throw new Unreachable('no answer', { cause })
  })
  if (response.ok || (response.status === 304 && sent.ifNoneMatch !== undefined)) return response
  throw await problemOf(response)
}

function urlOf(path: string, { params = {}, query = {} }: Sent['given']): string {
  const values = new Map(Object.entries(params))
  const filled = path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(String(values.get(name))))
  const search = new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  ).toString()
  return search === '' ? filled : `${filled}?${search}`
}

function headersOf(
  { token, language }: ClientParts,
  { given, accept, ifNoneMatch }: Sent,
): Record<string, string> {
  const bearer = token()
  return {
    accept,
    'accept-language': language(),
    ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
    ...(ifNoneMatch !== undefined && { 'if-none-match': ifNoneMatch }),
    ...(given.ifMatch !== undefined && { 'if-match': given.ifMatch }),
    ...(given.body !== undefined && { 'content-type': 'application/json' }),
  }
}
