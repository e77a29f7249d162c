import { changePlan } from '../../core/plan/change-plan.ts'
import { notFound, type Outcome } from '../http/outcome.ts'
import { route } from '../http/route.ts'
import type { Deps } from '../runtime/deps.ts'
import { choosePlan as call } from '../schema/hub.ts'
import type { PlanAnswer } from '../schema/hub-answers.ts'
import { instantToJson } from '../schema/instant.ts'

/** Chooses a plan: to paid at once, from paid to free with the next period. */
export function choosePlan(deps: Deps) {
  return route(call, async ({ params, body }): Promise<Outcome> => {
    const catalog = await deps.catalog.get()
    const outcome = await deps.operations.run<number>(params.teamId, catalog, (account, now) => {
      const changed = changePlan(account, body, now, catalog)
      if ('refused' in changed) return changed
      const from = changed.account.terms.at(-1)?.from ?? now
      const entries = changed.entry === undefined ? [] : [changed.entry]
      return { account: changed.account, entries, answer: from > now ? from : 0 }
    })
    if (typeof outcome === 'string') return notFound
    if ('refused' in outcome) return outcome
    const { plan, payAsYouGo, spendLimitUsdCents } = body
    const later = outcome.answer > 0 && { effectiveAt: instantToJson(outcome.answer) }
    return { status: 200, body: { plan, payAsYouGo, spendLimitUsdCents, ...later } satisfies PlanAnswer }
  })
}
