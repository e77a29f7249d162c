/** The pages of the operators' console, in the order of its navigation; each has the URL `/ops/{page}`. */
export const consolePages = ['teams', 'money', 'campaigns', 'catalog', 'health'] as const
export type ConsolePage = (typeof consolePages)[number]

/** Returns the path of a page inside the console. `query` sets the page's filters. */
export function consolePathOf(page: ConsolePage, query: Readonly<Record<string, string>> = {}): string {
  const search = new URLSearchParams(query).toString()
  return `/${page}${search === '' ? '' : `?${search}`}`
}

/** Returns the path of the operator's page of a team. The team's own pages are below it. */
export function teamPathOf(teamId: string): string {
  return `/teams/${encodeURIComponent(teamId)}`
}
