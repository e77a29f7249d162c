import type { ReactNode } from 'react'
import { useLocation } from 'wouter'
import { PageSkeleton } from '../components/skeleton.tsx'
import { View } from '../components/view.tsx'
import { invitationsPath } from '../paths.ts'
import { InvitationsPage } from './invitations-page.tsx'
import { isAccepted, useMe } from './me.ts'
import { type Opened, SessionContext } from './session-context.ts'

export interface PersonSessionProps {
  readonly opened: Opened
  readonly children: ReactNode
}

/**
 * Opens the team of the address bar, or else the one that the person chose. A person without a team sees the open
 * invitations.
 */
export function PersonSession({ opened, children }: PersonSessionProps) {
  const me = useMe(opened.client)
  const [path] = useLocation()
  const [, wanted] = /^\/teams\/([^/]+)/.exec(path) ?? []
  return (
    <View query={me} skeleton={<PageSkeleton />}>
      {({ teams, firstTeamId }) => {
        const accepted = teams.filter(isAccepted)
        const place =
          accepted.find(({ teamId }) => teamId === wanted) ??
          accepted.find(({ teamId }) => teamId === firstTeamId)
        if (place === undefined || path === invitationsPath)
          return <InvitationsPage {...opened} memberships={teams} />
        const { teamId, role } = place
        // Another team begins with nothing of the team before it.
        return (
          <SessionContext key={teamId} value={{ ...opened, teamId, role, memberships: teams }}>
            {children}
          </SessionContext>
        )
      }}
    </View>
  )
}
