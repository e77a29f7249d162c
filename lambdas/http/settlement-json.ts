import type { AuthorizationAnswer } from '../../contract/authorize-usage-answer.ts'
import type { CaptureAnswer } from '../../contract/capture-authorization-answer.ts'
import type { AskedResult } from '../../core/commands/settle.ts'
import { meterRefusalText } from '../../core/texts/meter-texts.ts'
import type { RowResult } from '../usage/plan-rows.ts'
import { authorizationOutcome, captureToJson } from './authorization-json.ts'
import { notFound, type Problem } from './outcome.ts'
import { conflictToJson, type ProblemDocument, problemToJson, refusalStatus } from './problem.ts'
import type { RequestContext } from './request.ts'

/** The status of the single call, and its answer or problem document. */
interface ResultJson {
  readonly status: number
  readonly retryAfterSeconds?: number
  readonly authorization?: AuthorizationAnswer
  readonly capture?: CaptureAnswer & { readonly renewed?: ResultJson }
  readonly problem?: ProblemDocument
}

type RowContext = Pick<RequestContext, 'requestId' | 'language' | 'path'>

/** The result of a row, as the single call would answer. */
export function settledToJson(result: RowResult, context: RowContext): ResultJson {
  if ('problem' in result) return failureToJson(result, context)
  switch (result.kind) {
    case 'unknown':
      return failureToJson(notFound, context)
    case 'authorize':
      return askedToJson(result, result.teamId, context)
    case 'capture': {
      const { captured, renewed, renewFault, teamId } = result
      const next = renewed
        ? askedToJson(renewed, teamId, context)
        : renewFault && failureToJson(renewFault, context)
      const capture = { ...captureToJson(captured, teamId, context.language), ...(next && { renewed: next }) }
      return { status: 200, capture }
    }
  }
}

function askedToJson(
  { asked, decided }: AskedResult,
  teamId: string | undefined,
  context: RowContext,
): ResultJson {
  const outcome = authorizationOutcome({ ...asked, teamId }, decided, context.language)
  return 'refused' in outcome
    ? { status: refusalStatus, problem: conflictToJson(outcome, context, meterRefusalText) }
    : { status: outcome.status, authorization: outcome.body }
}

function failureToJson(found: Problem, context: RowContext): ResultJson {
  const { retryAfterSeconds } = found
  const problem = problemToJson(found, context)
  return { status: problem.status, ...(retryAfterSeconds !== undefined && { retryAfterSeconds }), problem }
}
