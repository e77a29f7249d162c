import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import { isOpenTo, pages, pathOf } from '../paths.ts'
import { useRole, useTeamId } from '../session/session-context.ts'

export const navigationId = 'navigation'

/** Links to the pages of the team that the person may open. On narrow screens it is visible only when it is open. */
export function SideNavigation({ isOpen }: { readonly isOpen: boolean }) {
  const { t } = useTranslation()
  const teamId = useTeamId()
  const role = useRole()
  const [path] = useLocation()
  return (
    <nav id={navigationId} className={`side-navigation${isOpen ? ' open' : ''}`} aria-label={t('navigation')}>
      <ul>
        {pages
          .filter((page) => isOpenTo(role, page))
          .map((page) => (
            <li key={page}>
              <Link
                href={pathOf(teamId, page)}
                aria-current={path === pathOf(teamId, page) ? 'page' : undefined}
              >
                {t(`page.${page}`)}
              </Link>
            </li>
          ))}
      </ul>
    </nav>
  )
}
