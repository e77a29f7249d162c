import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, use, useEffect, useMemo } from 'react'
import { makeClient } from '../api/client.ts'
import { isSignedOut } from '../api/problem.ts'
import { NoTeam } from '../components/no-team.tsx'
import { PageSkeleton } from '../components/skeleton.tsx'
import { languageNow } from '../i18n.ts'
import { PersonSession } from './person-session.tsx'
import type { Session } from './session.ts'
import { SessionContext, type SignedIn } from './session-context.ts'

type Opened = Pick<SignedIn, 'config' | 'session'>

/** Undefined: the browser is leaving for the sign-in page. */
export type Opening = Promise<Opened | undefined>

interface SessionGateProps {
  readonly opening: Opening
  readonly children: ReactNode
}

/** Shows its children only to members of a team. */
export function SessionGate({ opening, children }: SessionGateProps) {
  const opened = use(opening)
  if (opened === undefined) return <PageSkeleton />
  return <OpenedSession opened={opened}>{children}</OpenedSession>
}

interface OpenedSessionProps {
  readonly opened: Opened
  readonly children: ReactNode
}

function OpenedSession({ opened: { config, session }, children }: OpenedSessionProps) {
  useSignInWhenRefused(session)
  const client = useMemo(
    () => makeClient({ api: config.api, token: session.token, language: languageNow }),
    [config, session],
  )
  const { teamId, role, isPerson } = session
  if (isPerson) return <PersonSession opened={{ config, session, client }}>{children}</PersonSession>
  if (teamId === undefined) return <NoTeam session={session} />
  return <SessionContext value={{ config, session, client, teamId, role }}>{children}</SessionContext>
}

/** Signs in again if the API rejects the token of a read or a write, and returns to the same page. */
function useSignInWhenRefused(session: Session): void {
  const queries = useQueryClient()
  useEffect(() => {
    const signInAfter = (error: Error | null = null) => {
      if (isSignedOut(error)) void session.signIn()
    }
    const stops = [
      queries.getQueryCache().subscribe(({ query }) => signInAfter(query.state.error)),
      queries.getMutationCache().subscribe(({ mutation }) => signInAfter(mutation?.state.error)),
    ]
    return () => {
      for (const stop of stops) stop()
    }
  }, [queries, session])
}
