import type { PlanAnswer, PlanPreviewAnswer } from '../../contract/choose-plan.ts'
import { choosePlan as call } from '../../contract/choose-plan.ts'
import { instantToJson } from '../../contract/instant.ts'
import type { ChoosePlan, ChosenPlan } from '../../core/commands/choose-plan.ts'
import { type PlanPreview, previewPlan } from '../../core/preview/plan-preview.ts'
import type { Language } from '../../core/texts/texts-model.ts'
import { chargesToJson } from '../http/charge-json.ts'
import { notFound, type Outcome } from '../http/outcome.ts'
import { refusedToJson } from '../http/outlook-json.ts'
import { hubRoute } from '../http/route.ts'
import type { TeamDeps } from '../runtime/team-deps.ts'

/** Chooses a plan: to paid at once, from paid to free with the next period; or shows the consequences. */
export function choosePlan(deps: TeamDeps) {
  return hubRoute(deps, call, async ({ params, body, query, language }): Promise<Outcome> => {
    const { teamId } = params
    const command: ChoosePlan = { kind: 'choose-plan', ...body }
    if (query.preview) return preview(deps, teamId, command, language)
    const result = await deps.operations.run(teamId, command)
    if (result === 'absent') return notFound
    if ('refused' in result) return result
    return { status: 200, body: planToJson(command, result.answer) }
  })
}

async function preview(
  { operations }: TeamDeps,
  teamId: string,
  command: ChoosePlan,
  language: Language,
): Promise<Outcome> {
  const previewed = await operations.preview(teamId, command)
  if (previewed === 'absent') return notFound
  if ('refused' in previewed) return previewed
  const { before, decision } = previewed
  const shown = previewToJson(previewPlan(before.account, decision, before), language)
  return { status: 200, body: { ...planToJson(command, decision.answer), preview: shown } }
}

function planToJson(command: ChoosePlan, { effectiveAt }: ChosenPlan): PlanAnswer {
  const { plan, payAsYouGo, spendLimitUsdCents } = command
  const later = effectiveAt !== undefined && { effectiveAt: instantToJson(effectiveAt) }
  return { plan, payAsYouGo, spendLimitUsdCents, ...later }
}

function previewToJson(preview: PlanPreview, language: Language): PlanPreviewAnswer {
  const { from, effectiveAt, paysShortfall, refusedNow, refusedThen } = preview
  return {
    from: { plan: from.plan, payAsYouGo: from.payAsYouGo },
    effectiveAt: instantToJson(effectiveAt),
    paysShortfall: chargesToJson(paysShortfall),
    refusedNow: refusedNow.map((refused) => refusedToJson(refused, language)),
    refusedThen: refusedThen.map((refused) => refusedToJson(refused, language)),
  }
}
