import type { Language } from '../../core/texts/texts-model.ts'

/** The language that an Accept-Language header prefers: English, unless Japanese is wanted more. */
export function languageOf(acceptLanguage: string | undefined): Language {
  const wishes = (acceptLanguage ?? '').slice(0, 500).split(',').map(wishOf)
  const weight = (language: string) =>
    Math.max(0, ...wishes.filter((wish) => wish.language === language).map((wish) => wish.weight))
  const first = wishes.find((wish) => wish.language === 'ja' || wish.language === 'en')
  if (weight('ja') === weight('en')) return first?.language === 'ja' && weight('ja') > 0 ? 'ja' : 'en'
  return weight('ja') > weight('en') ? 'ja' : 'en'
}

function wishOf(range: string): { language: string; weight: number } {
  const [tag = '', ...parameters] = range.trim().toLowerCase().split(';')
  const quality = parameters.map((text) => /^\s*q=([01](?:\.\d{0,3})?)\s*$/.exec(text)?.[1]).find((q) => q)
  return { language: tag.trim().split('-')[0] ?? '', weight: quality === undefined ? 1 : Number(quality) }
}
