import type { IncludedAmountsAnswer } from '../../contract/get-included-amounts.ts'
import { getIncludedAmounts as getCall } from '../../contract/get-included-amounts.ts'
import { instantToJson } from '../../contract/instant.ts'
import type { PublishedIncludedAmountsAnswer } from '../../contract/publish-included-amounts.ts'
import { publishIncludedAmounts as publishCall } from '../../contract/publish-included-amounts.ts'
import type { IncludedAmounts } from '../../core/catalog/included-amounts.ts'
import { publishIncludedAmounts as decide } from '../../core/catalog/publish-included-amounts.ts'
import type { Publication } from '../../core/catalog/publish-rate-card.ts'
import type { Refusal } from '../../core/refusal.ts'
import { badRequest, notFound, type Outcome } from '../http/outcome.ts'
import { warningToJson } from '../http/problem.ts'
import { route } from '../http/route.ts'
import type { Deps } from '../runtime/deps.ts'

/** Publishes what subscriptions include, ahead of its first day. A published version never changes. */
export function publishIncludedAmounts(deps: Deps) {
  return route(publishCall, async ({ params, body, language }): Promise<Outcome> => {
    const amounts = { ...params, ...body }
    const { rateCards } = await deps.catalog.read()
    const rated = new Set(rateCards.flatMap(({ meters }) => meters.map(({ meter }) => meter)))
    const unknown = amounts.products.findIndex(({ meter }) => !rated.has(meter))
    if (unknown >= 0) return badRequest({ pointer: `/products/${unknown}/meter`, message: 'noRatedMeter' })
    const published = await publish(deps, amounts)
    if ('refused' in published) return published
    const until = amounts.effectiveAt
    const warning = warningToJson({ code: 'INCLUDED_AMOUNTS_SHORT_NOTICE', until }, language)
    const answer: PublishedIncludedAmountsAnswer = {
      ...toJson(amounts),
      warnings: published.isShortNotice ? [warning] : [],
    }
    return { status: published.isNew ? 201 : 200, body: answer }
  })
}

async function publish({ catalog, clock }: Deps, amounts: IncludedAmounts): Promise<Publication | Refusal> {
  const decided = decide(await catalog.read(), amounts, clock.now())
  if ('refused' in decided || !decided.isNew || (await catalog.addIncludedAmounts(amounts))) return decided
  // The stored version may be this one: a put that succeeded without an answer fails when it is sent again.
  const again = decide(await catalog.read(), amounts, clock.now())
  return 'refused' in again ? again : decided
}

/** A version as it was published. */
export function getIncludedAmounts({ catalog }: Deps) {
  return route(getCall, async ({ params: { version } }): Promise<Outcome> => {
    const { includedAmounts } = await catalog.read()
    const found = includedAmounts.find((amounts) => amounts.version === version)
    return found === undefined ? notFound : { status: 200, body: toJson(found) }
  })
}

function toJson({ version, effectiveAt, products }: IncludedAmounts): IncludedAmountsAnswer {
  return { version, effectiveAt: instantToJson(effectiveAt), products: [...products] }
}
