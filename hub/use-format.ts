import { useTranslation } from 'react-i18next'
import { type Format, formatIn } from './format.ts'

/** How the page's language writes numbers, money and instants. */
export function useFormat(): Format {
  const { i18n } = useTranslation()
  return formatIn(i18n.language === 'ja' ? 'ja' : 'en')
}
