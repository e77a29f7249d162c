import type { RefusedAnswer } from '../../contract/refusal.ts'
import type { TeamWarningAnswer } from '../../contract/warning.ts'
import type { Refused, Warned } from '../../core/preview/outlook.ts'
import type { Language } from '../../core/texts/texts-model.ts'
import { refusalToJson, warningToJson } from './problem.ts'

/** What is refused, as the denial of an authorization would say it, with the meter and its API. */
export function refusedToJson({ meter, api, refusal }: Refused, language: Language): RefusedAnswer {
  return { meter, api, ...refusalToJson(refusal, language, { meter }), code: refusal.code }
}

export function warnedToJson({ meter, warning }: Warned, language: Language): TeamWarningAnswer {
  return { meter, ...warningToJson(warning, language, { meter }) }
}
