import { authorizationRefusals } from '../../../core/refusal.ts'
import { problemText } from '../../../core/texts/meter-texts.ts'
import type { Language, MeterProblemCode } from '../../../core/texts/texts-model.ts'

/** Status of an authorization that is denied: a refusal is an answer. */
const deniedStatus = 200

/** Problems of the calls that authorize, capture and report, in the order in which they are found, with their status. */
export const problemStatuses = {
  UNAUTHENTICATED: 401,
  INSUFFICIENT_SCOPE: 403,
  PAYLOAD_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  BAD_REQUEST: 400,
  METER_ENDED: 400,
  NOT_FOUND: 404,
  IDEMPOTENCY_CONFLICT: 409,
  BUSY: 503,
  INTERNAL_ERROR: 500,
} as const satisfies Partial<Record<MeterProblemCode, number>>

export interface ListedCode {
  readonly code: string
  readonly status: number
  readonly title: string
  readonly detail: string
  /** The acts that lift it; absent for a problem of the request, whose detail says what to correct. */
  readonly resolve?: string | undefined
}

/** The refusals of an authorization, in the order in which they are checked and reported. */
export function refusalCodes(language: Language): readonly ListedCode[] {
  return authorizationRefusals.map((code) => listed(code, deniedStatus, language))
}

/** The other problems of the same calls. */
export function problemCodes(language: Language): readonly ListedCode[] {
  const codes = Object.keys(problemStatuses) as (keyof typeof problemStatuses)[]
  return codes.map((code) => listed(code, problemStatuses[code], language))
}

function listed(code: MeterProblemCode, status: number, language: Language): ListedCode {
  // The answer itself lists the meters to use instead of an ended one, under this name.
  return { code, status, ...problemText(code, language, { meters: ['meters[]'] }) }
}
