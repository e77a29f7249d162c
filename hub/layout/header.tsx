import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { useAnswer } from '../api/queries.ts'
import { Badge } from '../components/badge.tsx'
import { Button } from '../components/button.tsx'
import { pathOf } from '../paths.ts'
import { useSignedIn } from '../session/session-context.ts'
import { useNarrow } from '../use-narrow.ts'
import { navigationId } from './side-navigation.tsx'
import { Who } from './who.tsx'

export interface HeaderProps {
  readonly isMenuOpen: boolean
  readonly onMenu: (isOpen: boolean) => void
}

/** Shows the product, the team and its plan. On narrow screens a button opens the menu with everything else. */
export function Header({ isMenuOpen, onMenu }: HeaderProps) {
  const { t } = useTranslation()
  const { teamId } = useSignedIn()
  const isNarrow = useNarrow()
  return (
    <header className="header">
      <Link href={pathOf(teamId, 'overview')} className="product">
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <path d="M2.5 14V3.5M2.5 6 14 3.5M6 14h7.5" />
        </svg>
        Tollgate
      </Link>
      <Team />
      {isNarrow ? (
        <Button
          look="quiet"
          aria-expanded={isMenuOpen}
          aria-controls={navigationId}
          onPress={() => onMenu(!isMenuOpen)}
        >
          {t('header.menu')}
        </Button>
      ) : (
        <Who />
      )}
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
