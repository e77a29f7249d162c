import { type QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { I18nProvider } from 'react-aria-components/I18nProvider'
import { useTranslation } from 'react-i18next'
import { Route, Switch } from 'wouter'
import { ErrorBoundary } from './components/error-boundary.tsx'
import { PageSkeleton } from './components/skeleton.tsx'
import { Messages } from './layout/messages.tsx'
import { consolePath } from './paths.ts'
import { ChooseTeamPage, chooseTeamPath } from './routes.tsx'
import { signedOutPath } from './session/session.ts'
import { type Opening, SessionGate, TeamGate } from './session/session-gate.tsx'
import { SignedOut } from './session/signed-out.tsx'
import { TeamPages } from './team-pages.tsx'

/** Only those who open the operators' console load it. */
const Console = lazy(async () => ({ default: (await import('./ops/console.tsx')).Console }))

export interface AppProps {
  readonly opening: Opening
  readonly queries: QueryClient
}

export function App({ opening, queries }: AppProps) {
  const { i18n } = useTranslation()
  return (
    <I18nProvider locale={i18n.language === 'ja' ? 'ja-JP' : 'en-US'}>
      <QueryClientProvider client={queries}>
        <Messages>
          <ErrorBoundary>
            <Suspense fallback={<PageSkeleton />}>
              <Switch>
                <Route path={chooseTeamPath} component={ChooseTeamPage} />
                <Route path={signedOutPath} component={SignedOut} />
                <Route>
                  <SessionGate opening={opening}>
                    <Switch>
                      <Route path={consolePath} nest component={Console} />
                      <Route>
                        <TeamGate>
                          <TeamPages />
                        </TeamGate>
                      </Route>
                    </Switch>
                  </SessionGate>
                </Route>
              </Switch>
            </Suspense>
          </ErrorBoundary>
        </Messages>
      </QueryClientProvider>
    </I18nProvider>
  )
}
