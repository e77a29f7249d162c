import type { RefusedAnswer } from '../../contract/refusal.ts'
import type { TeamWarningAnswer } from '../../contract/warning.ts'
import type { Refused, Warned } from '../../core/preview/outlook.ts'
import type { Language } from '../../core/texts/texts-model.ts'
import { denialToJson } from './denial-json.ts'
import { warningToJson } from './warning-json.ts'

/** A refusal as the denial of an authorization shows it, with the meter and its API. */
export function refusedToJson({ meter, api, refusal }: Refused, language: Language): RefusedAnswer {
  return { meter, api, ...denialToJson(refusal, language, { meter }) }
}

export function warnedToJson({ meter, warning }: Warned, language: Language): TeamWarningAnswer {
  return { meter, ...warningToJson(warning, language, { meter }) }
}
