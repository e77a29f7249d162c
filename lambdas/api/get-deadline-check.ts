import { getDeadlineCheck as call, type DeadlineCheckAnswer } from '../../contract/get-deadline-check.ts'
import { instantToJson } from '../../contract/instant.ts'
import type { RefusalAnswer } from '../../contract/refusal.ts'
import type { App } from '../../core/migration/compliance.ts'
import { firstDeadline, refusalAtDeadline } from '../../core/preview/deadline-check.ts'
import { dayMs, dayOf } from '../../core/time/time.ts'
import { denialToJson } from '../http/denial-json.ts'
import { notFound, type Outcome } from '../http/outcome.ts'
import { hubRoute } from '../http/route.ts'
import { atOnce } from '../runtime/at-once.ts'
import type { TeamDeps } from '../runtime/team-deps.ts'
import { UsagePages } from '../store/usage-pages.ts'

/** Days whose use is shown, with today. */
const daysShown = 7
/** Apps of a page. Each takes a query for each month of the days. */
const appsMax = 50
const appsAtOnce = 10

/** Shows the apps that the deadline would stop if it were today, and their calls of the last seven days. */
export function getDeadlineCheck(deps: TeamDeps) {
  const pages = new UsagePages(deps.table)
  return hubRoute(deps, call, async ({ params: { teamId }, query, language }): Promise<Outcome> => {
    const seen = await deps.operations.look(teamId)
    if (seen === undefined) return notFound
    const { account, now } = seen
    const refusalOf = (isInHub: boolean) => {
      const refusal = refusalAtDeadline(account, isInHub, seen)
      return refusal && denialToJson(refusal, language)
    }
    const states = { inHub: refusalOf(true), outside: refusalOf(false) }
    const stopped = await stoppedApps(deps, teamId, states)
    const rest = stopped.filter(({ app }) => query.cursor === undefined || app.appId > query.cursor)
    const shown = rest.slice(0, appsMax)
    const span = { from: dayOf(now - (daysShown - 1) * dayMs), to: dayOf(now) }
    const uses = new Map<string, AppAnswer['uses']>()
    await atOnce(shown, appsAtOnce, async ({ app: { appId } }) => {
      uses.set(appId, await usesOf(pages, { teamId, appId, ...span }))
    })
    const deadlineAt = firstDeadline(seen)
    const last = shown.length < rest.length ? shown.at(-1) : undefined
    const refusals = [...new Set(shown.map(({ refusal }) => refusal))]
    const body: DeadlineCheckAnswer = {
      at: instantToJson(now),
      ...(deadlineAt !== undefined && { deadlineAt: instantToJson(deadlineAt) }),
      ...span,
      refusals,
      apps: shown.map(({ app: { appId, name }, refusal }): AppAnswer => {
        const reason = { code: refusal.code, index: refusals.indexOf(refusal) }
        return { appId, name, refusal: reason, uses: uses.get(appId) ?? [] }
      }),
      ...(last !== undefined && { cursor: last.app.appId }),
    }
    return { status: 200, body }
  })
}

type AppAnswer = DeadlineCheckAnswer['apps'][number]

/** The refusals at the deadline. Nothing about an app matters but whether it is in the hub. */
interface States {
  readonly inHub: RefusalAnswer | undefined
  readonly outside: RefusalAnswer | undefined
}

interface StoppedApp {
  readonly app: App
  readonly refusal: RefusalAnswer
}

/** The apps that would stop, in the order of their ids. None are read where the deadline stops none. */
async function stoppedApps(
  deps: TeamDeps,
  teamId: string,
  { inHub, outside }: States,
): Promise<readonly StoppedApp[]> {
  if (inHub === undefined && outside === undefined) return []
  const apps = await deps.apps.ofTeam(teamId)
  return apps.flatMap((app) => {
    const refusal = app.isInHub ? inHub : outside
    return refusal === undefined ? [] : [{ app, refusal }]
  })
}

async function usesOf(
  pages: UsagePages,
  span: { readonly teamId: string; readonly appId: string; readonly from: string; readonly to: string },
): Promise<AppAnswer['uses']> {
  const { groups } = await pages.page({ ...span, by: ['meter'] })
  return groups.flatMap(({ names: { meter = '' }, quantity }) => (quantity > 0 ? [{ meter, quantity }] : []))
}
