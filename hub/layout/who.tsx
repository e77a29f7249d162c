import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../components/button.tsx'
import { useOpened } from '../session/session-context.ts'
import { LanguageSwitch } from './language-switch.tsx'
import { ZoneSwitch } from './zone-switch.tsx'

/** The person who is signed in (`children`), and the person's choices: time zone, language, signing out. */
export function Who({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation()
  const { session } = useOpened()
  return (
    <div className="who">
      {children}
      <ZoneSwitch />
      <LanguageSwitch />
      <Button look="quiet" onPress={() => void session.signOut()}>
        {t('header.signOut')}
      </Button>
    </div>
  )
}
