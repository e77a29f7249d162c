import { useTranslation } from 'react-i18next'
import { type Format, formatIn } from './format.ts'

/** Returns the number, money and date formats of the page's language. */
export function useFormat(): Format {
  const { i18n } = useTranslation()
  return formatIn(i18n.language === 'ja' ? 'ja' : 'en')
}
