import type { ActAnswer } from '../../../contract/list-activity.ts'
import { memberChangeKinds } from '../../../core/account/members.ts'
import { appChangeKinds, askedKinds, settingChangeKinds } from '../../../core/journal/activity.ts'
import type { Page } from '../../paths.ts'

export type Act = ActAnswer
export type ActKind = Act['kind']

/** The filters that the URL of the activity may contain. */
export const filterNames = ['actor', 'kind', 'target', 'from', 'to'] as const
export type FilterName = (typeof filterNames)[number]
export type ActivityFilters = Readonly<Partial<Record<FilterName, string>>>

/** Kinds of acts, those of the statement first. */
export const kinds: readonly ActKind[] = [
  ...askedKinds,
  ...memberChangeKinds,
  ...appChangeKinds,
  ...settingChangeKinds,
]

const appKinds: ReadonlySet<ActKind> = new Set(appChangeKinds)
const settingKinds: ReadonlySet<ActKind> = new Set(settingChangeKinds)

interface Place {
  readonly page: Page
  readonly query: Readonly<Record<string, string>>
}

/** The page that shows what an act changed: its entry in the statement, the members, or the notifications. */
export function placeOf({ at, kind, version }: Act): Place {
  if (version !== undefined) return { page: 'statement', query: { day: at.slice(0, 10), kind } }
  if (appKinds.has(kind)) return { page: 'apps', query: {} }
  return { page: settingKinds.has(kind) ? 'notifications' : 'members', query: {} }
}
