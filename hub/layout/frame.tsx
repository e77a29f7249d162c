import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { useOpened } from '../session/session-context.ts'
import { useNarrow } from '../use-narrow.ts'
import { HeaderBar } from './header.tsx'
import './layout.css'
import { type NavigationLink, SideNavigation } from './side-navigation.tsx'

const contentId = 'content'

const TimeMachine = lazy(async () => ({
  default: (await import('../time-machine/time-machine.tsx')).TimeMachine,
}))

export interface FrameProps {
  /** The path to which the product's name leads. */
  readonly home: string
  /** Next to the product's name. */
  readonly heading: ReactNode
  /** Choices of the person: in the header, or in the menu of a narrow screen. */
  readonly who: ReactNode
  readonly links: readonly NavigationLink[]
  /** Above the page. */
  readonly banner?: ReactNode
  readonly children: ReactNode
}

/** The frame of every page: header, navigation, test clock and content. */
export function Frame({ home, heading, who, links, banner, children }: FrameProps) {
  const { t } = useTranslation()
  const [isMenuOpen, setMenuOpen] = useState(false)
  const [path] = useLocation()
  const { config } = useOpened()
  const isNarrow = useNarrow()
  useTopOfNewPage(path)
  // biome-ignore lint/correctness/useExhaustiveDependencies: going to another page closes the menu
  useEffect(() => setMenuOpen(false), [path])
  return (
    <div className="layout">
      <a className="skip-link" href={`#${contentId}`}>
        {t('skip')}
      </a>
      <HeaderBar home={home} isMenuOpen={isMenuOpen} onMenu={setMenuOpen} who={isNarrow ? undefined : who}>
        {heading}
      </HeaderBar>
      <SideNavigation
        isOpen={isMenuOpen}
        onClose={() => setMenuOpen(false)}
        links={links}
        who={isNarrow ? who : undefined}
      />
      <div className="column">
        <div className="clock">
          {config.timeMachine && (
            <Suspense>
              <TimeMachine />
            </Suspense>
          )}
        </div>
        <main id={contentId} tabIndex={-1}>
          {banner}
          {children}
        </main>
      </div>
    </div>
  )
}

/** Shows a page that a link leads to from its top. Going back keeps the place, which the browser restores. */
function useTopOfNewPage(path: string): void {
  const shown = useRef(path)
  const isBack = useRef(false)
  useEffect(() => {
    const note = () => {
      isBack.current = true
    }
    window.addEventListener('popstate', note)
    return () => window.removeEventListener('popstate', note)
  }, [])
  useEffect(() => {
    if (shown.current !== path && !isBack.current && location.hash === '') window.scrollTo(0, 0)
    shown.current = path
    isBack.current = false
  }, [path])
}
