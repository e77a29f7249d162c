import { useTranslation } from 'react-i18next'
import { Button } from '../../components/button.tsx'
import { Notice } from '../../components/notice.tsx'
import { LanguageSwitch } from '../../layout/language-switch.tsx'
import { useOpened } from '../../session/session-context.ts'
import '../../session/lone-page.css'

/** For somebody who is signed in, and is no operator. */
export function NotForYou() {
  const { t } = useTranslation('ops')
  const { session } = useOpened()
  return (
    <main className="lone-page">
      <LanguageSwitch />
      <Notice title={t('notForYou.title')} level={1}>
        <p>{t('notForYou.detail')}</p>
        <div className="buttons">
          <Button look="primary" onPress={() => void session.signIn()}>
            {t('notForYou.signIn')}
          </Button>
          <a className="button plain" href="/">
            {t('notForYou.toHub')}
          </a>
        </div>
      </Notice>
    </main>
  )
}
