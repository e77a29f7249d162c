import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { isOpenTo, type Page, pathOf } from '../paths.ts'
import { useRole, useTeamId } from '../session/session-context.ts'
import { LinkButton } from './button.tsx'

interface PageLinkProps {
  readonly page: Page
  readonly query?: Readonly<Record<string, string>>
  readonly children: ReactNode
}

/** A link to a page of the team. For a person who may not open the page it is plain text. */
export function PageLink({ page, query, children }: PageLinkProps) {
  const teamId = useTeamId()
  const isOpen = isOpenTo(useRole(), page)
  return isOpen ? <Link href={pathOf(teamId, page, query)}>{children}</Link> : <span>{children}</span>
}

/** A button that leads to a page of the team. It is absent for a person who may not open the page. */
export function PageButton({ page, children }: Omit<PageLinkProps, 'query'>) {
  const teamId = useTeamId()
  const isOpen = isOpenTo(useRole(), page)
  return isOpen ? <LinkButton href={pathOf(teamId, page)}>{children}</LinkButton> : null
}
