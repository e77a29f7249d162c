import type { PlanAnswer, PlanPreviewAnswer } from '../../contract/choose-plan.ts'
import { choosePlan as call } from '../../contract/choose-plan.ts'
import { instantToJson } from '../../contract/instant.ts'
import { type ChangePlan, changePlan, comingTerms } from '../../core/commands/choose-plan.ts'
import { type PlanPreview, previewPlan } from '../../core/preview/plan-preview.ts'
import type { Language } from '../../core/texts/texts-model.ts'
import type { Instant } from '../../core/time/time.ts'
import { chargesToJson } from '../http/charge-json.ts'
import { notFound, type Outcome } from '../http/outcome.ts'
import { refusedToJson } from '../http/outlook-json.ts'
import { route } from '../http/route.ts'
import type { Deps } from '../runtime/deps.ts'

/** Chooses a plan: to paid at once, from paid to free with the next period; or shows what that would come to. */
export function choosePlan(deps: Deps) {
  return route(call, async ({ params, body, query, language }): Promise<Outcome> => {
    const { teamId } = params
    return query.preview ? preview(deps, teamId, body, language) : choose(deps, teamId, body)
  })
}

async function choose(deps: Deps, teamId: string, body: ChangePlan): Promise<Outcome> {
  const catalog = await deps.catalog.get()
  const outcome = await deps.operations.run(teamId, catalog, (account, now) => {
    const changed = changePlan(account, body, now, catalog)
    if ('refused' in changed) return changed
    const entries = changed.entry === undefined ? [] : [changed.entry]
    return { account: changed.account, entries, answer: comingTerms(changed.account, now)?.from }
  })
  if (typeof outcome === 'string') return notFound
  if ('refused' in outcome) return outcome
  return { status: 200, body: planToJson(body, outcome.answer) }
}

/** The same decision on the same account, and nothing is written. */
async function preview(deps: Deps, teamId: string, body: ChangePlan, language: Language): Promise<Outcome> {
  const catalog = await deps.catalog.get()
  const seen = await deps.operations.look(teamId, catalog)
  if (seen === undefined) return notFound
  const { account, now } = seen
  const changed = changePlan(account, body, now, catalog)
  if ('refused' in changed) return changed
  const coming = comingTerms(changed.account, now)?.from
  const shown = previewToJson(previewPlan(account, changed, now, catalog), language)
  return { status: 200, body: { ...planToJson(body, coming), preview: shown } satisfies PlanAnswer }
}

function planToJson({ plan, payAsYouGo, spendLimitUsdCents }: ChangePlan, coming?: Instant): PlanAnswer {
  const later = coming !== undefined && { effectiveAt: instantToJson(coming) }
  return { plan, payAsYouGo, spendLimitUsdCents, ...later }
}

function previewToJson(preview: PlanPreview, language: Language): PlanPreviewAnswer {
  const { from, effectiveAt, settles, refusedNow, refusedThen } = preview
  return {
    from: { plan: from.plan, payAsYouGo: from.payAsYouGo },
    effectiveAt: instantToJson(effectiveAt),
    settles: chargesToJson(settles),
    refusedNow: refusedNow.map((one) => refusedToJson(one, language)),
    refusedThen: refusedThen.map((one) => refusedToJson(one, language)),
  }
}
