import { Suspense } from 'react'
import { Redirect, Route, Switch, useParams } from 'wouter'
import { ErrorBoundary } from '../components/error-boundary.tsx'
import { PageSkeleton } from '../components/skeleton.tsx'
import { useOpened } from '../session/session-context.ts'
import { ConsoleLayout } from './layout/console-layout.tsx'
import { NotForYou } from './layout/not-for-you.tsx'
import { NothingHere } from './layout/nothing-here.tsx'
import { TeamOfConsole } from './layout/team-of-console.tsx'
import { consolePages, consolePathOf } from './paths.ts'
import { consoleViews } from './routes.tsx'

/** The operators' console. Anybody else sees a way to sign in as an operator, and no call of operators is sent. */
export function Console() {
  const { session } = useOpened()
  if (!session.isOperator) return <NotForYou />
  return (
    <Switch>
      <Route path="/">
        <Redirect to={consolePathOf('teams')} replace />
      </Route>
      <Route path="/teams/:teamId/:page?" component={TeamOfConsole} />
      <Route>
        <ConsoleLayout>
          <Switch>
            <Route path="/:page" component={ConsolePageView} />
            <Route component={NothingHere} />
          </Switch>
        </ConsoleLayout>
      </Route>
    </Switch>
  )
}

function ConsolePageView() {
  const { page } = useParams()
  const name = consolePages.find((each) => each === page)
  if (name === undefined) return <NothingHere />
  const View = consoleViews[name]
  return (
    <ErrorBoundary key={name}>
      <Suspense fallback={<PageSkeleton />}>
        <View />
      </Suspense>
    </ErrorBoundary>
  )
}
