import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, use, useEffect, useMemo } from 'react'
import { makeClient } from '../api/client.ts'
import { isSignedOut } from '../api/problem.ts'
import { NoTeam } from '../components/no-team.tsx'
import { PageSkeleton } from '../components/skeleton.tsx'
import { languageNow } from '../i18n.ts'
import { PersonSession } from './person-session.tsx'
import type { Session } from './session.ts'
import { type Opened, SessionContext, useOpened } from './session-context.ts'

/** Undefined: the browser is leaving for the sign-in page. */
export type Opening = Promise<Omit<Opened, 'client'> | undefined>

interface SessionGateProps {
  readonly opening: Opening
  readonly children: ReactNode
}

/** Shows its children only to those who are signed in. */
export function SessionGate({ opening, children }: SessionGateProps) {
  const opened = use(opening)
  if (opened === undefined) return <PageSkeleton />
  return <OpenedSession opened={opened}>{children}</OpenedSession>
}

interface OpenedSessionProps {
  readonly opened: Omit<Opened, 'client'>
  readonly children: ReactNode
}

function OpenedSession({ opened: { config, session }, children }: OpenedSessionProps) {
  useSignInWhenRefused(session)
  const client = useMemo(
    () => makeClient({ api: config.api, token: session.token, language: languageNow }),
    [config, session],
  )
  const opened = useMemo(() => ({ config, session, client }), [config, session, client])
  return <SessionContext value={opened}>{children}</SessionContext>
}

/** Shows its children only to members of a team. */
export function TeamGate({ children }: { readonly children: ReactNode }) {
  const opened = useOpened()
  const { session } = opened
  const { teamId, role, isPerson } = session
  if (isPerson) return <PersonSession opened={opened}>{children}</PersonSession>
  if (teamId === undefined) return <NoTeam session={session} />
  return <SessionContext value={{ ...opened, teamId, role }}>{children}</SessionContext>
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
