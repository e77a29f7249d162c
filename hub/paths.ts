import type { Role } from '../core/account/members.ts'

/** The pages of a team, in the order of the side navigation; each has the URL `/teams/{teamId}/{page}`. */
export const pages = [
  'overview',
  'usage',
  'statement',
  'apps',
  'integrate',
  'plan',
  'what-if',
  'invoices',
  'members',
  'notifications',
  'activity',
] as const
export type Page = (typeof pages)[number]

/** The pages that show money or people's acts. */
const adminPages: ReadonlySet<Page> = new Set<Page>(['statement', 'invoices', 'activity'])

/** Returns true if a person with the role may open the page. A developer sees use, apps and limits. */
export function isOpenTo(role: Role, page: Page): boolean {
  return role === 'admin' || !adminPages.has(page)
}

/** The page of open invitations, which belongs to no team. */
export const invitationsPath = '/invitations'

/** The operators' console. */
export const consolePath = '/ops'

/** Returns true for a path of the operators' console. */
export const isOfConsole = (path: string): boolean =>
  path === consolePath || path.startsWith(`${consolePath}/`)

/** Returns the URL of a page. `query` sets the page's filters. */
export function pathOf(teamId: string, page: Page, query: Readonly<Record<string, string>> = {}): string {
  const search = new URLSearchParams(query).toString()
  return `/teams/${encodeURIComponent(teamId)}/${page}${search === '' ? '' : `?${search}`}`
}
