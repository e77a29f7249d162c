import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, use, useEffect, useMemo } from 'react'
import { makeClient } from '../api/client.ts'
import { isSignedOut } from '../api/problem.ts'
import { NoTeam } from '../components/no-team.tsx'
import { PageSkeleton } from '../components/skeleton.tsx'
import type { Config } from '../config.ts'
import { languageNow } from '../i18n.ts'
import type { Session } from './session.ts'
import { SessionContext } from './session-context.ts'

interface Opened {
  readonly config: Config
  readonly session: Session
}

/** Undefined: the browser is leaving for the sign-in page. */
export type Opening = Promise<Opened | undefined>

/** Shows its children only to members of a team. */
export function SessionGate({
  opening,
  children,
}: {
  readonly opening: Opening
  readonly children: ReactNode
}) {
  const opened = use(opening)
  if (opened === undefined) return <PageSkeleton />
  const { teamId } = opened.session
  if (teamId === undefined) return <NoTeam session={opened.session} />
  return (
    <TeamSession opened={opened} teamId={teamId}>
      {children}
    </TeamSession>
  )
}

interface TeamSessionProps {
  readonly opened: Opened
  readonly teamId: string
  readonly children: ReactNode
}

function TeamSession({ opened: { config, session }, teamId, children }: TeamSessionProps) {
  useSignInWhenRefused(session)
  const signedIn = useMemo(() => {
    const client = makeClient({ api: config.api, token: session.token, language: languageNow })
    return { config, session, client, teamId }
  }, [config, session, teamId])
  return <SessionContext value={signedIn}>{children}</SessionContext>
}

/** Signs in again if the API rejects the token, and returns to the same page. */
function useSignInWhenRefused(session: Session): void {
  const queries = useQueryClient()
  useEffect(
    () =>
      queries.getQueryCache().subscribe(({ query }) => {
        const { error } = query.state
        if (isSignedOut(error)) void session.signIn()
      }),
    [queries, session],
  )
}
