import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useHeartbeat } from '../api/heartbeat.ts'
import { Badge } from '../components/badge.tsx'
import { isOpenTo, pages, pathOf } from '../paths.ts'
import { useRole, useTeamId } from '../session/session-context.ts'
import { Banner } from './banner.tsx'
import { Frame } from './frame.tsx'
import { TeamName } from './team-name.tsx'
import { TeamSwitch } from './team-switch.tsx'
import { Who } from './who.tsx'

/** The frame of every page of a team, with links to the pages that the person may open. */
export function Layout({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation()
  const teamId = useTeamId()
  const role = useRole()
  useHeartbeat()
  const who = (
    <Who>
      <TeamSwitch />
      <Badge>{t(`role.${role}`)}</Badge>
    </Who>
  )
  const links = pages
    .filter((page) => isOpenTo(role, page))
    .map((page) => ({ href: pathOf(teamId, page), text: t(`page.${page}`) }))
  return (
    <Frame
      home={pathOf(teamId, 'overview')}
      heading={<TeamName />}
      who={who}
      links={links}
      banner={<Banner />}
    >
      {children}
    </Frame>
  )
}
