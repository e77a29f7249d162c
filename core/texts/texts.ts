import type { RefusalCode } from '../refusal.ts'
import type { WarningCode } from '../warning.ts'
import { en } from './texts-en.ts'
import { ja } from './texts-ja.ts'
import type {
  EventRejectionCode,
  Language,
  ProblemCode,
  ProblemText,
  RefusalText,
  RequestProblemCode,
  TextFacts,
  Texts,
} from './texts-model.ts'

const texts: Readonly<Record<Language, Texts>> = { en, ja }

/** Title, detail and remedy of a refusal. */
export function refusalText(code: RefusalCode, language: Language, facts: TextFacts = {}): RefusalText {
  return texts[language].refusals[code](facts)
}

/** Title and detail of any problem: of a request, of a usage event, or a refusal (which also has a remedy). */
export function problemText(
  code: ProblemCode,
  language: Language,
  facts: TextFacts = {},
): ProblemText & Partial<RefusalText> {
  return isRefusalCode(code) ? refusalText(code, language, facts) : texts[language].problems[code](facts)
}

/** Title and detail of a warning in an allowing answer. */
export function warningText(code: WarningCode, language: Language, facts: TextFacts = {}): ProblemText {
  return texts[language].warnings[code](facts)
}

function isRefusalCode(code: RefusalCode | RequestProblemCode | EventRejectionCode): code is RefusalCode {
  return Object.hasOwn(en.refusals, code)
}
