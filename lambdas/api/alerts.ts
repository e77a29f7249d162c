import { type AlertsAnswer, getAlerts as getCall } from '../../contract/get-alerts.ts'
import { instantToJson } from '../../contract/instant.ts'
import { sayToPeople } from '../../contract/people-messages.ts'
import { putAlerts as putCall } from '../../contract/put-alerts.ts'
import { type Alert, reachedAt, type TeamAlerts, type WatchedAlert } from '../../core/alerts/alert.ts'
import { type Instant, periodOf } from '../../core/time/time.ts'
import { figureFromJson, figureToJson } from '../http/alert-json.ts'
import { seesMoney } from '../http/caller.ts'
import { etagOf, isExpected } from '../http/etag.ts'
import { badRequest, notFound, type Outcome, preconditionFailed } from '../http/outcome.ts'
import { hubRoute } from '../http/route.ts'
import { atOnce } from '../runtime/at-once.ts'
import type { TeamDeps } from '../runtime/team-deps.ts'
import { checkAlerts } from '../store/alert-checks.ts'

/** Apps that are looked up at the same time. */
const appsAtOnce = 10

/** Lists a team's own thresholds. Only admins see those on money. */
export function getAlerts(deps: TeamDeps) {
  return hubRoute(deps, getCall, async ({ params: { teamId }, ...asker }): Promise<Outcome> => {
    if ((await deps.operations.load(teamId)) === undefined) return notFound
    const { alerts } = toJson(await deps.alerts.load(teamId), deps.clock.now())
    const shown = seesMoney(asker) ? alerts : alerts.filter(({ measure }) => measure !== 'cost-usd-cents')
    return { status: 200, body: { alerts: shown } satisfies AlertsAnswer }
  })
}

/** Replaces a team's own thresholds, and checks them at once: a threshold may already be reached, or no longer. */
export function putAlerts(deps: TeamDeps) {
  return hubRoute(deps, putCall, async ({ params: { teamId }, body, headers }): Promise<Outcome> => {
    if ((await deps.operations.load(teamId)) === undefined) return notFound
    const chosen = body.alerts.map(({ reachedAt: _, ...alert }): Alert => {
      return { ...alert, threshold: figureFromJson(alert.measure, alert.threshold) }
    })
    const foreign = await foreignApps(deps, teamId, chosen)
    let isStale = false
    let misplaced = -1
    await deps.alerts.change(teamId, (before) => {
      isStale = !isExpected(headers['if-match'], etagOf(toJson(before, deps.clock.now())))
      // An alert that was set before can be sent back, even if its app has left the team since.
      const known = new Set(before.alerts.map((alert) => alert.appId))
      misplaced = chosen.findIndex(({ appId = '' }) => foreign.has(appId) && !known.has(appId))
      return isStale || misplaced >= 0 ? undefined : chosen
    })
    if (isStale) return preconditionFailed
    if (misplaced >= 0)
      return badRequest({ pointer: `/alerts/${misplaced}/appId`, message: sayToPeople('appOfTeam') })
    await checkAlerts(deps.operations, teamId)
    return { status: 200, body: toJson(await deps.alerts.load(teamId), deps.clock.now()) }
  })
}

/** The apps of alerts that are not in the team. */
async function foreignApps(
  { apps }: Pick<TeamDeps, 'apps'>,
  teamId: string,
  alerts: readonly Alert[],
): Promise<ReadonlySet<string>> {
  const foreign = new Set<string>()
  const appIds = new Set(alerts.flatMap(({ appId }) => appId ?? []))
  await atOnce(appIds, appsAtOnce, async (appId) => {
    if ((await apps.find(appId))?.teamId !== teamId) foreign.add(appId)
  })
  return foreign
}

function toJson({ alerts }: TeamAlerts, now: Instant): AlertsAnswer {
  return { alerts: alerts.map((alert) => alertToJson(alert, now)) }
}

function alertToJson(alert: WatchedAlert, now: Instant): AlertsAnswer['alerts'][number] {
  const { alertId, appId, measure, threshold } = alert
  const at = reachedAt(alert, periodOf(now))
  return {
    alertId,
    ...(appId !== undefined && { appId }),
    measure,
    threshold: figureToJson(measure, threshold),
    ...(at !== undefined && { reachedAt: instantToJson(at) }),
  }
}
