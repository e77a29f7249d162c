import type { AuthorizationAnswer } from '../../contract/authorize-usage-answer.ts'
import type { CaptureAnswer } from '../../contract/capture-authorization-answer.ts'
import { instantToJson } from '../../contract/instant.ts'
import type { Authorize, Granted } from '../../core/commands/authorize.ts'
import type { Captured } from '../../core/commands/capture.ts'
import { isDenial } from '../../core/funding/denial.ts'
import type { Refusal } from '../../core/refusal.ts'
import type { Language } from '../../core/texts/texts-model.ts'
import { chargesToJson } from './charge-json.ts'
import { denialToJson } from './denial-json.ts'
import { warningToJson } from './problem.ts'

type Asked = Pick<Authorize, 'authorizationId' | 'meter'>

/** The outcome of an authorization. A denial is a usual answer; a conflict stays a refusal. */
export function authorizationOutcome(
  asked: Asked,
  decided: Granted | Refusal,
  language: Language,
): { readonly status: 200; readonly body: AuthorizationAnswer } | Refusal {
  if (!('refused' in decided)) return { status: 200, body: allowToJson(decided, language) }
  if (!isDenial(decided)) return decided
  const { authorizationId, meter } = asked
  const refusal = denialToJson(decided, language, { meter })
  return { status: 200, body: { authorizationId, decision: 'deny', refusal } }
}

function allowToJson({ entry, settleBy }: Granted, language: Language): AuthorizationAnswer {
  const { authorization, fundedBy, remaining, warnings } = entry
  const { authorizationId, expiresAt, meter, quantity } = authorization
  return {
    authorizationId,
    decision: 'allow',
    quantity,
    expiresAt: instantToJson(expiresAt),
    fundedBy,
    ...(remaining !== undefined && { remaining }),
    ...(settleBy !== undefined && { settleBy: instantToJson(settleBy) }),
    warnings: warnings.map((warning) => warningToJson(warning, language, { meter })),
  }
}

/** The answer of a capture. */
export function captureToJson(captured: Captured, language: Language): CaptureAnswer {
  const { authorization, isClosed, charges, isLate, isOverrun, stop, settleBy } = captured
  const { authorizationId, used, meter } = authorization
  return {
    authorizationId,
    used,
    status: isClosed ? 'closed' : 'open',
    charges: chargesToJson(charges),
    ...(isLate && { late: true }),
    ...(isOverrun && { overrun: true }),
    ...(stop !== undefined && { stop: denialToJson(stop, language, { meter }) }),
    ...(settleBy !== undefined && { settleBy: instantToJson(settleBy) }),
  }
}
