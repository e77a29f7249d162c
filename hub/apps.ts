import { useAnswer } from './api/queries.ts'
import { useTeamId } from './session/session-context.ts'

/** The team's apps as people call them. */
export interface Apps {
  readonly list: readonly { readonly appId: string; readonly name: string }[]
  /** The name of an app; until it is known, its id. */
  name(appId: string): string
}

export function useApps(): Apps {
  const { data } = useAnswer('getOnboarding', { params: { teamId: useTeamId() } })
  const list = data?.apps ?? []
  return { list, name: (appId) => list.find((app) => app.appId === appId)?.name ?? appId }
}
