import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import { isOpenTo, pages, pathOf } from '../paths.ts'
import { useRole, useTeamId } from '../session/session-context.ts'
import { useNarrow } from '../use-narrow.ts'
import { Help } from './help.tsx'
import { Who } from './who.tsx'

export const navigationId = 'navigation'

export interface SideNavigationProps {
  readonly isOpen: boolean
  readonly onClose: () => void
}

/** Links to the pages of the team that the person may open, and to help. On narrow screens it is a menu. */
export function SideNavigation({ isOpen, onClose }: SideNavigationProps) {
  const { t } = useTranslation()
  const teamId = useTeamId()
  const role = useRole()
  const isNarrow = useNarrow()
  const [path] = useLocation()
  return (
    <div id={navigationId} className={`side-navigation${isOpen ? ' open' : ''}`}>
      {isNarrow && <Who />}
      <nav aria-label={t('navigation')}>
        <ul>
          {pages
            .filter((page) => isOpenTo(role, page))
            .map((page) => (
              <li key={page}>
                <Link
                  href={pathOf(teamId, page)}
                  aria-current={path === pathOf(teamId, page) ? 'page' : undefined}
                  onClick={onClose}
                >
                  {t(`page.${page}`)}
                </Link>
              </li>
            ))}
        </ul>
      </nav>
      <Help />
    </div>
  )
}
