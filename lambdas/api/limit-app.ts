import type { LimitAnswer } from '../../contract/limit-app.ts'
import { limitApp as call } from '../../contract/limit-app.ts'
import { isKnownMeter } from '../../core/catalog/catalog.ts'
import { appUse, appUseSince, limitApp as limit } from '../../core/commands/limit-app.ts'
import { badRequest, notFound, type Outcome } from '../http/outcome.ts'
import { route } from '../http/route.ts'
import type { Deps } from '../runtime/deps.ts'

/** Limits one app on one meter per period. What it has used and holds counts from the start: it is read from the journal. */
export function limitApp(deps: Deps) {
  return route(call, async ({ params, body }): Promise<Outcome> => {
    const { teamId, appId } = params
    const { meter, perPeriod } = body
    const app = await deps.apps.find(appId)
    if (app?.teamId !== teamId) return notFound
    const catalog = await deps.catalog.get()
    if (!isKnownMeter(catalog, meter)) return badRequest({ pointer: '/meter', message: 'unknownMeter' })
    await deps.operations.advance(teamId, catalog)
    const outcome = await deps.operations.run(teamId, catalog, async (account, now) => {
      const from = appUseSince(account.period, now)
      const entries = perPeriod === null ? [] : await deps.journal.sinceInstant(teamId, account.version, from)
      const use = appUse(entries, appId, meter, account.period, now)
      const limited = limit(account, { appId, meter, perPeriod }, use, now)
      if ('refused' in limited) return limited
      return {
        account: limited.account,
        entries: limited.entry === undefined ? [] : [limited.entry],
        answer: true,
      }
    })
    if (typeof outcome === 'string') return notFound
    if ('refused' in outcome) return outcome
    return { status: 200, body: { appId, meter, perPeriod } satisfies LimitAnswer }
  })
}
