import { sayToPeople } from '../../contract/people-messages.ts'
import { previewRateCard as call, type RateCardPreviewAnswer } from '../../contract/preview-rate-card.ts'
import { completeCard } from '../../core/catalog/publish-rate-card.ts'
import { type MonthPrice, previewCard } from '../../core/preview/card-preview.ts'
import { tokensToJson } from '../http/charge-json.ts'
import { badRequest, notFound, type Outcome } from '../http/outcome.ts'
import { route } from '../http/route.ts'
import type { Deps } from '../runtime/deps.ts'
import { monthUse } from '../store/month-use.ts'
import { UsagePages } from '../store/usage-pages.ts'

/** Prices a team's past month under rows that are not published. */
export function previewRateCard(deps: Deps) {
  const pages = new UsagePages(deps.table)
  return route(call, async ({ params: { teamId }, body: { month, meters } }): Promise<Outcome> => {
    const catalog = await deps.catalog.read()
    const card = completeCard(catalog, { version: 'preview', effectiveAt: deps.clock.now(), meters })
    if ('unrated' in card)
      return badRequest({ pointer: `/meters/${card.unrated}/meter`, message: sayToPeople('noRatedMeter') })
    const account = await deps.operations.load(teamId)
    if (account === undefined) return notFound
    const changes = previewCard(account, catalog, card, month, await monthUse(pages, teamId, month))
    const body: RateCardPreviewAnswer = {
      month,
      changes: changes.map(({ before, after, ...use }) => {
        return { ...use, before: priceToJson(before), after: priceToJson(after) }
      }),
    }
    return { status: 200, body }
  })
}

function priceToJson({ milliTokens, ...price }: MonthPrice) {
  return { ...price, tokens: tokensToJson(milliTokens) }
}
