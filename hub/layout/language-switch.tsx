import { useTranslation } from 'react-i18next'
import { Button } from '../components/button.tsx'
import { chooseLanguage, languageNow } from '../i18n.ts'

const names = { en: 'English', ja: '日本語' } as const

/** Switches to the other language. Its text is in that language. */
export function LanguageSwitch() {
  useTranslation()
  const other = languageNow() === 'ja' ? 'en' : 'ja'
  return (
    <Button look="quiet" onPress={() => void chooseLanguage(other)}>
      <span lang={other}>{names[other]}</span>
    </Button>
  )
}
