import Negotiator from 'negotiator'
import type { Language } from '../../core/texts/texts-model.ts'

/** The language that an Accept-Language header prefers: English, unless Japanese is wanted more. */
export function languageOf(acceptLanguage: string | undefined): Language {
  const headers = { 'accept-language': acceptLanguage }
  return new Negotiator({ headers }).language(['en', 'ja']) === 'ja' ? 'ja' : 'en'
}
