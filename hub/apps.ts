import { useAnswer } from './api/queries.ts'
import { useTeamId } from './session/session-context.ts'

/** The names of the team's apps. */
export interface Apps {
  readonly list: readonly { readonly appId: string; readonly name: string }[]
  /** Returns the name of an app, or its id until the name is loaded. */
  name(appId: string): string
}

export function useApps(): Apps {
  const { data } = useAnswer('getOnboarding', { params: { teamId: useTeamId() } })
  const list = data?.apps ?? []
  return { list, name: (appId) => list.find((app) => app.appId === appId)?.name ?? appId }
}
