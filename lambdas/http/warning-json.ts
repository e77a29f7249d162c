import { instantToJson } from '../../contract/instant.ts'
import type { Warning } from '../../core/journal/entry.ts'
import type { Language, TextFacts } from '../../core/texts/texts-model.ts'
import { warningText } from '../../core/texts/warning-texts.ts'

/** Any warning: code, texts, and the end of its validity. */
export function warningToJson({ code, until }: Warning, language: Language, facts: TextFacts = {}) {
  return { code, ...warningText(code, language, facts), until: instantToJson(until) }
}
