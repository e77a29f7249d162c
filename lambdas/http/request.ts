import type { Language } from '../../core/texts/texts-model.ts'
import { isCorrelationId } from '../runtime/invocation.ts'
import type { HttpEvent } from './event.ts'
import { languageOf } from './language.ts'

/** The ids of a request in its answer and in the log, and the language of the answer. */
export interface RequestContext {
  readonly requestId: string
  /** The caller's own name for its work, 1 to 64 characters; the request id if the caller sends no valid name. */
  readonly correlationId: string
  readonly language: Language
  readonly path: string
}

const traceparentPattern = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/

export function requestContextOf(event: HttpEvent): RequestContext {
  const { requestId } = event.requestContext
  return {
    requestId,
    correlationId: correlationIdOf(event.headers) ?? requestId,
    language: languageOf(event.headers['accept-language']),
    path: event.rawPath,
  }
}

/** Reads the header `x-correlation-id`, or the trace that a W3C `traceparent` names. */
function correlationIdOf(headers: HttpEvent['headers']): string | undefined {
  const sent = headers['x-correlation-id']
  if (isCorrelationId(sent)) return sent
  return traceparentPattern.exec(headers.traceparent ?? '')?.[1]
}
