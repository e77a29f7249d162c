import { useTranslation } from 'react-i18next'
import type { Session } from '../session/session.ts'
import { Button } from './button.tsx'
import { Notice } from './notice.tsx'
import '../session/lone-page.css'

/** For a person who can sign in but is not a member of any team. */
export function NoTeam({ session }: { readonly session: Session }) {
  const { t } = useTranslation()
  return (
    <main className="lone-page">
      <Notice title={t('noTeam.title')} level={1}>
        <p>{t('noTeam.detail')}</p>
        <Button onPress={() => void session.signOut()}>{t('header.signOut')}</Button>
      </Notice>
    </main>
  )
}
