import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react'
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
  // biome-ignore lint/correctness/useExhaustiveDependencies: going to another page closes the menu
  useEffect(() => setMenuOpen(false), [path])
  return (
    <div className="layout">
      <a className="skip-link" href={`#${contentId}`}>
        {t('skip')}
      </a>
      <Header isMenuOpen={isMenuOpen} onMenu={setMenuOpen} />
      <div className="clock">
        {config.timeMachine && (
          <Suspense>
            <TimeMachine />
          </Suspense>
        )}
      </div>
      <SideNavigation isOpen={isMenuOpen} />
      <main id={contentId} tabIndex={-1}>
        <Banner />
        {children}
      </main>
    </div>
  )
}
