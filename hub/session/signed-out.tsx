import { useTranslation } from 'react-i18next'
import { Notice } from '../components/notice.tsx'
import { LanguageSwitch } from '../layout/language-switch.tsx'
import './lone-page.css'

/** Shown after signing out: no data of the team, and a link to sign in again. */
export function SignedOut() {
  const { t } = useTranslation()
  return (
    <main className="lone-page">
      <LanguageSwitch />
      <Notice title={t('signedOut.title')} level={1}>
        <a className="button primary" href="/">
          {t('signedOut.signIn')}
        </a>
      </Notice>
    </main>
  )
}
