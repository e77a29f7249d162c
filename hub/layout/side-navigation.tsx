import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import { Help } from './help.tsx'

export const navigationId = 'navigation'

export interface NavigationLink {
  readonly href: string
  readonly text: string
  /** True if the link leads to pages below its own, too, which belong to it. */
  readonly hasPagesBelow?: true
}

export interface SideNavigationProps {
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly links: readonly NavigationLink[]
  /** Choices of the person, where the header has no room for them. */
  readonly who: ReactNode
}

/** Links to pages, and to help. On narrow screens it is a menu. */
export function SideNavigation({ isOpen, onClose, links, who }: SideNavigationProps) {
  const { t } = useTranslation()
  const [path] = useLocation()
  const isCurrent = ({ href, hasPagesBelow }: NavigationLink) =>
    path === href || (hasPagesBelow === true && path.startsWith(`${href}/`))
  return (
    <div id={navigationId} className={`side-navigation${isOpen ? ' open' : ''}`}>
      {who !== undefined && <section aria-label={t('header.menu')}>{who}</section>}
      <nav aria-label={t('navigation')}>
        <ul>
          {links.map((link) => (
            <li key={link.href}>
              <Link href={link.href} aria-current={isCurrent(link) ? 'page' : undefined} onClick={onClose}>
                {link.text}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <Help />
    </div>
  )
}
