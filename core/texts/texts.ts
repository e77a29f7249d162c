import { isMeterRefusal, meterRefusalText } from './meter-texts.ts'
import { en } from './texts-en.ts'
import { ja } from './texts-ja.ts'
import type { RefusalTextOf } from './texts-model.ts'

const texts = { en, ja }

/** Title, detail and remedy of any refusal. */
export const refusalText: RefusalTextOf = (code, language, facts = {}) =>
  isMeterRefusal(code) ? meterRefusalText(code, language, facts) : texts[language][code](facts)
