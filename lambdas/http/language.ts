import { preferredLanguages } from 'negotiator/lib/language.js'
import type { Language } from '../../core/texts/texts-model.ts'

/** The language that an Accept-Language header prefers: English, unless Japanese is wanted more. */
export function languageOf(acceptLanguage: string | undefined): Language {
  const [preferred] = preferredLanguages(acceptLanguage, ['en', 'ja'])
  return preferred === 'ja' ? 'ja' : 'en'
}
