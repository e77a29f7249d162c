import type { AuthorizationAnswer } from '../../contract/authorize-usage-answer.ts'
import type { CaptureAnswer } from '../../contract/capture-authorization-answer.ts'
import { instantToJson } from '../../contract/instant.ts'
import type { Authorize, Granted } from '../../core/commands/authorize.ts'
import type { Captured } from '../../core/commands/capture.ts'
import { isDenial } from '../../core/funding/denial.ts'
import type { Refusal } from '../../core/refusal.ts'
import { meterWarningText } from '../../core/texts/meter-texts.ts'
import type { Language } from '../../core/texts/texts-model.ts'
import { capToJson } from './cap-json.ts'
import { chargesToJson } from './charge-json.ts'
import { denialToJson } from './denial-json.ts'

interface Asked extends Pick<Authorize, 'authorizationId' | 'meter'> {
  /** The team of the app; undefined for an unknown app. */
  readonly teamId: string | undefined
}

/** The outcome of an authorization. A denial is a usual answer; a conflict stays a refusal. */
export function authorizationOutcome(
  asked: Asked,
  decided: Granted | Refusal,
  language: Language,
): { readonly status: 200; readonly body: AuthorizationAnswer } | Refusal {
  const { authorizationId, meter, teamId } = asked
  if (!('refused' in decided)) return { status: 200, body: allowToJson(decided, teamId, language) }
  if (!isDenial(decided)) return decided
  const refusal = denialToJson(decided, language, { meter })
  const body = { authorizationId, decision: 'deny', refusal, teamId } as const
  return { status: 200, body }
}

function allowToJson(
  { entry, settleBy, reportAfter }: Granted,
  teamId: string | undefined,
  language: Language,
): AuthorizationAnswer {
  const { authorization, fundedBy, remaining, warnings } = entry
  const { authorizationId, expiresAt, meter, quantity, cap } = authorization
  return {
    authorizationId,
    decision: 'allow',
    quantity,
    expiresAt: instantToJson(expiresAt),
    fundedBy,
    ...(remaining !== undefined && { remaining }),
    ...(cap !== undefined && { cap: capToJson(cap) }),
    ...(settleBy !== undefined && { settleBy: instantToJson(settleBy) }),
    reportAfter,
    teamId,
    warnings: warnings.map(({ code, until }) => {
      return { code, ...meterWarningText(code, language, { meter }), until: instantToJson(until) }
    }),
  }
}

/** The answer of a capture. */
export function captureToJson(
  captured: Captured,
  teamId: string | undefined,
  language: Language,
): CaptureAnswer {
  const { authorization, isClosed, charges, isLate, isOverrun, waived, stop, settleBy } = captured
  const { authorizationId, used, meter } = authorization
  return {
    authorizationId,
    used,
    status: isClosed ? 'closed' : 'open',
    charges: chargesToJson(charges),
    ...(isLate && { late: true }),
    ...(isOverrun && { overrun: true }),
    ...(waived !== undefined && { waived }),
    ...(stop !== undefined && { stop: denialToJson(stop, language, { meter }) }),
    ...(settleBy !== undefined && { settleBy: instantToJson(settleBy) }),
    teamId,
  }
}
