import { faultErrors } from '../../contract/field-errors.ts'
import { instantToJson } from '../../contract/instant.ts'
import type { Refusal } from '../../core/refusal.ts'
import { problemText } from '../../core/texts/meter-texts.ts'
import type { ProblemCode, RefusalTextOf, RequestProblemCode } from '../../core/texts/texts-model.ts'
import type { HttpResponse } from './event.ts'
import type { Problem, Rejection } from './outcome.ts'
import type { RequestContext } from './request.ts'

/** The status of each problem; a refusal of the customer's own call is always 409. */
export const problemStatus: Readonly<Record<RequestProblemCode, number>> = {
  UNAUTHENTICATED: 401,
  INSUFFICIENT_SCOPE: 403,
  NOT_FOUND: 404,
  ADMIN_REQUIRED: 403,
  PAYLOAD_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  BAD_REQUEST: 400,
  METER_ENDED: 400,
  PRECONDITION_FAILED: 412,
  BUSY: 503,
  INTERNAL_ERROR: 500,
}
export const refusalStatus = 409
export const rejectionStatus = 422

const instanceCharsMax = 200

/** The part of a request's context that its problem document shows. */
type ProblemContext = Pick<RequestContext, 'requestId' | 'language' | 'path'>

/** The JSON of a problem document (RFC 9457), as the contract describes it. */
export interface ProblemDocument {
  readonly status: number
  readonly code: ProblemCode
}

/** A request that failed, as a problem document. */
export function problemToJson(found: Problem, context: ProblemContext): ProblemDocument {
  const { problem: code, facts, faults = [] } = found
  const errors = [...(found.errors ?? []), ...faultErrors(faults, context.language)]
  return problemDocument(code, problemStatus[code], context, {
    ...problemText(code, context.language, facts),
    ...(errors.length > 0 && { errors }),
    ...(facts?.meters !== undefined && { meters: facts.meters }),
  })
}

/** A refusal of the customer's own call, as a problem document. */
export function conflictToJson(
  refusal: Refusal,
  context: ProblemContext,
  textOf: RefusalTextOf,
): ProblemDocument {
  const { code, because, unmet, usdCents, resumesAt } = refusal
  return problemDocument(code, refusalStatus, context, {
    ...textOf(code, context.language, { because, unmet, usdCents }),
    ...(unmet !== undefined && { unmet }),
    ...(usdCents !== undefined && { usdCents }),
    ...(resumesAt !== undefined && { resumesAt: instantToJson(resumesAt) }),
  })
}

export function problemResponse(found: Problem, context: RequestContext): HttpResponse {
  const { retryAfterSeconds } = found
  return documentResponse(problemToJson(found, context), context, {
    ...(retryAfterSeconds !== undefined && { 'retry-after': String(retryAfterSeconds) }),
  })
}

export function refusalResponse(
  refusal: Refusal,
  context: RequestContext,
  textOf: RefusalTextOf,
): HttpResponse {
  return documentResponse(conflictToJson(refusal, context, textOf), context)
}

export function rejectionResponse({ rejected }: Rejection, context: RequestContext): HttpResponse {
  const { code, ...rest } = rejected
  return documentResponse(problemDocument(code, rejectionStatus, context, rest), context)
}

function problemDocument(
  code: ProblemCode,
  status: number,
  { requestId, path }: ProblemContext,
  { title, detail, ...rest }: { readonly title: string; readonly detail: string },
): ProblemDocument {
  const type = `urn:tollgate:problem:${code.toLowerCase().replaceAll('_', '-')}`
  const instance = encodeURI(path.toWellFormed().slice(0, instanceCharsMax).toWellFormed())
  const head = { type, title, status, detail, instance, code, requestId }
  return { ...head, ...rest }
}

function documentResponse(
  document: ProblemDocument,
  context: RequestContext,
  headers: Readonly<Record<string, string>> = {},
): HttpResponse {
  return {
    statusCode: document.status,
    headers: {
      ...answerHeaders(context),
      'content-type': 'application/problem+json',
      'content-language': context.language,
      ...headers,
    },
    body: JSON.stringify(document),
  }
}

/** Headers of every answer: unless a call sets others, no cache may store it, and no browser may guess its type. */
export function answerHeaders({ requestId, correlationId }: RequestContext): Record<string, string> {
  return {
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-request-id': requestId,
    'x-correlation-id': correlationId,
  }
}
