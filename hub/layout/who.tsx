import { useTranslation } from 'react-i18next'
import { Badge } from '../components/badge.tsx'
import { Button } from '../components/button.tsx'
import { useSignedIn } from '../session/session-context.ts'
import { LanguageSwitch } from './language-switch.tsx'
import { TeamSwitch } from './team-switch.tsx'
import { ZoneSwitch } from './zone-switch.tsx'

/** The role of the person who is signed in, and the person's choices: team, time zone, language, signing out. */
export function Who() {
  const { t } = useTranslation()
  const { session, role } = useSignedIn()
  return (
    <div className="who">
      <TeamSwitch />
      <Badge>{t(`role.${role}`)}</Badge>
      <ZoneSwitch />
      <LanguageSwitch />
      <Button look="quiet" onPress={() => void session.signOut()}>
        {t('header.signOut')}
      </Button>
    </div>
  )
}
