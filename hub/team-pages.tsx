import { Suspense, useEffect } from 'react'
import { Redirect, Route, Switch, useParams } from 'wouter'
import { ErrorBoundary } from './components/error-boundary.tsx'
import { NotFound } from './components/not-found.tsx'
import { PageSkeleton } from './components/skeleton.tsx'
import { Layout } from './layout/layout.tsx'
import { isOpenTo, type Page, pages, pathOf } from './paths.ts'
import { loadAll, pageViews } from './routes.tsx'
import { useRole, useTeamId } from './session/session-context.ts'

/** The requested page loads first. */
const loadAllAfterMilliseconds = 2_000

/** The pages of the team in the token. Any other team is "not found", even if it exists. */
export function TeamPages() {
  const teamId = useTeamId()
  const overview = pathOf(teamId, 'overview')
  useEffect(() => {
    const timer = setTimeout(() => void loadAll(), loadAllAfterMilliseconds)
    return () => clearTimeout(timer)
  }, [])
  return (
    <Switch>
      <Route path="/">
        <Redirect to={overview} replace />
      </Route>
      <Route path={`/teams/${teamId}`}>
        <Redirect to={overview} replace />
      </Route>
      <Route>
        <Layout>
          <Switch>
            <Route path={`/teams/${teamId}/:page`} component={TeamPage} />
            <Route component={NotFound} />
          </Switch>
        </Layout>
      </Route>
    </Switch>
  )
}

function TeamPage() {
  const { page } = useParams()
  const role = useRole()
  if (!isPage(page) || !isOpenTo(role, page)) return <NotFound />
  const View = pageViews[page]
  return (
    <ErrorBoundary key={page}>
      <Suspense fallback={<PageSkeleton />}>
        <View />
      </Suspense>
    </ErrorBoundary>
  )
}

function isPage(name: string | undefined): name is Page {
  return pages.some((page) => page === name)
}
