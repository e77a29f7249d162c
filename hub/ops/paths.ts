import type { Page } from '../paths.ts'

/** The pages of the operators' console, in the order of its navigation; each has the URL `/ops/{page}`. */
export const consolePages = ['teams', 'money', 'campaigns', 'health'] as const
export type ConsolePage = (typeof consolePages)[number]

/** Returns the path of a page inside the console. `query` sets the page's filters. */
export function consolePathOf(page: ConsolePage, query: Readonly<Record<string, string>> = {}): string {
  const search = new URLSearchParams(query).toString()
  return `/${page}${search === '' ? '' : `?${search}`}`
}

/** The first of a team's own pages that an operator sees. */
export const firstTeamPage: Page = 'overview'
