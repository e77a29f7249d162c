import type { Language } from '../../core/texts-model.ts'
import type { HttpEvent } from './event.ts'
import { languageOf } from './language.ts'

/** What identifies a request in its answer and in the log, and the language to answer in. */
export interface RequestContext {
  readonly requestId: string
  /** The caller's own name for what it is doing; the request id where it sends none. */
  readonly correlationId: string
  readonly language: Language
  readonly path: string
}

const correlationPattern = /^[A-Za-z0-9._:/+=-]{1,128}$/

export function requestContextOf(event: HttpEvent): RequestContext {
  const { requestId } = event.requestContext
  const sent = event.headers['x-correlation-id']
  return {
    requestId,
    correlationId: sent !== undefined && correlationPattern.test(sent) ? sent : requestId,
    language: languageOf(event.headers['accept-language']),
    path: event.rawPath,
  }
}
