import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { useHeartbeat } from '../api/heartbeat.ts'
import { useSignedIn } from '../session/session-context.ts'
import { Banner } from './banner.tsx'
import { Header } from './header.tsx'
import './layout.css'
import { SideNavigation } from './side-navigation.tsx'

const contentId = 'content'

const TimeMachine = lazy(async () => ({
  default: (await import('../time-machine/time-machine.tsx')).TimeMachine,
}))

/** The frame of every page of a team. */
export function Layout({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation()
  const [isMenuOpen, setMenuOpen] = useState(false)
  const [path] = useLocation()
  const { config } = useSignedIn()
  useHeartbeat()
  useTopOfNewPage(path)
  // biome-ignore lint/correctness/useExhaustiveDependencies: going to another page closes the menu
  useEffect(() => setMenuOpen(false), [path])
  return (
    <div className="layout">
      <a className="skip-link" href={`#${contentId}`}>
        {t('skip')}
      </a>
      <Header isMenuOpen={isMenuOpen} onMenu={setMenuOpen} />
      <SideNavigation isOpen={isMenuOpen} onClose={() => setMenuOpen(false)} />
      <div className="column">
        <div className="clock">
          {config.timeMachine && (
            <Suspense>
              <TimeMachine />
            </Suspense>
          )}
        </div>
        <main id={contentId} tabIndex={-1}>
          <Banner />
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
