import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { Button } from '../components/button.tsx'
import { navigationId } from './side-navigation.tsx'

export interface HeaderBarProps {
  /** The path to which the product's name leads. */
  readonly home: string
  readonly isMenuOpen: boolean
  readonly onMenu: (isOpen: boolean) => void
  /** Choices of the person. Undefined on narrow screens, where a button opens the menu that has them. */
  readonly who: ReactNode
  readonly children: ReactNode
}

/** Shows the product, and its children: the team, or what else the page is about. */
export function HeaderBar({ home, isMenuOpen, onMenu, who, children }: HeaderBarProps) {
  const { t } = useTranslation()
  return (
    <header className="header">
      <Link href={home} className="product">
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <path d="M2.5 14V3.5M2.5 6 14 3.5M6 14h7.5" />
        </svg>
        Tollgate
      </Link>
      {children}
      {who ?? (
        <Button
          look="quiet"
          aria-expanded={isMenuOpen}
          aria-controls={navigationId}
          onPress={() => onMenu(!isMenuOpen)}
        >
          {t('header.menu')}
        </Button>
      )}
    </header>
  )
}
