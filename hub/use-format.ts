import { useTranslation } from 'react-i18next'
import { dateLocaleOf, type Format, formatIn } from './format.ts'
import { useTimeZone } from './time-zone.ts'

/** Returns the number, money and date formats of the page's language, the reader's region and the chosen zone. */
export function useFormat(): Format {
  const { i18n } = useTranslation()
  const language = i18n.language === 'ja' ? 'ja' : 'en'
  const timeZone = useTimeZone()
  return formatIn(language, { dateLocale: dateLocaleOf(language, navigator.languages), timeZone })
}

/** Returns the locale of dates: the page's language in the reader's region. */
export function useDateLocale(): string {
  const { i18n } = useTranslation()
  return dateLocaleOf(i18n.language === 'ja' ? 'ja' : 'en', navigator.languages)
}
