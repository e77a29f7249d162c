import { lazy, type ReactNode, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'wouter'
import { useHeartbeat } from '../../api/heartbeat.ts'
import { Badge } from '../../components/badge.tsx'
import { operatorsNoteId } from '../../components/button.tsx'
import { ErrorBoundary } from '../../components/error-boundary.tsx'
import { PageSkeleton } from '../../components/skeleton.tsx'
import { Banner } from '../../layout/banner.tsx'
import { Frame } from '../../layout/frame.tsx'
import { TeamName } from '../../layout/team-name.tsx'
import { Who } from '../../layout/who.tsx'
import { pages, pathOf } from '../../paths.ts'
import { pageViews } from '../../routes.tsx'
import { SessionContext, useOpened, useTeamId } from '../../session/session-context.ts'
import { consolePathOf, teamPathOf } from '../paths.ts'
import { NothingHere } from './nothing-here.tsx'
import './team-of-console.css'

const OperatorsPage = lazy(async () => ({ default: (await import('../team/team-page.tsx')).TeamPage }))

/** The operator's page of a team, and the team's own pages as its admins see them, which an operator only looks at. */
export function TeamOfConsole() {
  const { teamId = '', page } = useParams()
  const opened = useOpened()
  const name = pages.find((each) => each === page)
  if (name === undefined && page !== undefined) return <NothingHere />
  const View = name === undefined ? OperatorsPage : pageViews[name]
  // Another team begins with nothing of the team before it.
  return (
    <SessionContext key={teamId} value={{ ...opened, teamId, role: 'admin', isOperator: true }}>
      <TeamFrame isLookedAt={name !== undefined}>
        <ErrorBoundary key={name ?? ''}>
          <Suspense fallback={<PageSkeleton />}>
            <View />
          </Suspense>
        </ErrorBoundary>
      </TeamFrame>
    </SessionContext>
  )
}

interface TeamFrameProps {
  /** True for the team's own pages. The operator's page names the causes itself, so it has no banner. */
  readonly isLookedAt: boolean
  readonly children: ReactNode
}

function TeamFrame({ isLookedAt, children }: TeamFrameProps) {
  const { t } = useTranslation('ops')
  const { t: layout } = useTranslation('layout')
  const teamId = useTeamId()
  useHeartbeat()
  return (
    <Frame
      home={consolePathOf('teams')}
      heading={<TeamName />}
      who={
        <Who>
          <Badge>{t('operator')}</Badge>
        </Who>
      }
      links={[
        { href: consolePathOf('teams'), text: t('allTeams') },
        { href: teamPathOf(teamId), text: t('ofTeam') },
        ...pages.map((each) => ({ href: pathOf(teamId, each), text: layout(`page.${each}`) })),
      ]}
      banner={
        isLookedAt && (
          <>
            <p id={operatorsNoteId} className="operators-note">
              {t('lookOnly')}
            </p>
            <Banner />
          </>
        )
      }
    >
      {children}
    </Frame>
  )
}
