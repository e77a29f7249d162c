import { useTranslation } from 'react-i18next'
import { useAnswer } from '../api/queries.ts'
import { Badge } from '../components/badge.tsx'
import { Button } from '../components/button.tsx'
import { useSignedIn } from '../session/session-context.ts'
import { LanguageSwitch } from './language-switch.tsx'
import { navigationId } from './side-navigation.tsx'
import { TeamSwitch } from './team-switch.tsx'
import { ZoneSwitch } from './zone-switch.tsx'

export interface HeaderProps {
  readonly isMenuOpen: boolean
  readonly onMenu: (isOpen: boolean) => void
}

/** Shows the team, its plan, and the role of the person who is signed in. */
export function Header({ isMenuOpen, onMenu }: HeaderProps) {
  const { t } = useTranslation()
  const { session, role } = useSignedIn()
  return (
    <header className="header">
      <span className="menu-button">
        <Button
          look="quiet"
          aria-expanded={isMenuOpen}
          aria-controls={navigationId}
          onPress={() => onMenu(!isMenuOpen)}
        >
          {t('header.menu')}
        </Button>
      </span>
      <Team />
      <div className="who">
        <TeamSwitch />
        <Badge>{t(`role.${role}`)}</Badge>
        <ZoneSwitch />
        <LanguageSwitch />
        <Button look="quiet" onPress={() => void session.signOut()}>
          {t('header.signOut')}
        </Button>
      </div>
    </header>
  )
}

function Team() {
  const { t } = useTranslation()
  const { teamId } = useSignedIn()
  const { data: team } = useAnswer('getTeam', { params: { teamId } })
  const { data: balance } = useAnswer('getBalance', { params: { teamId } })
  return (
    <div className="team">
      <strong>{team?.name ?? teamId}</strong>
      {balance && (
        <Badge tone={balance.plan === 'none' ? 'warn' : 'plain'}>{t(`plan.${balance.plan}`)}</Badge>
      )}
    </div>
  )
}
