import type { RateCardAnswer } from '../../contract/get-rate-card.ts'
import { getRateCard as getCall } from '../../contract/get-rate-card.ts'
import { instantToJson } from '../../contract/instant.ts'
import type { PublishedRateCardAnswer } from '../../contract/publish-rate-card.ts'
import { publishRateCard as publishCall } from '../../contract/publish-rate-card.ts'
import type { Rate } from '../../core/catalog/catalog.ts'
import { ratesAt } from '../../core/catalog/catalog.ts'
import { refuse } from '../../core/refusal.ts'
import { dayMs } from '../../core/time/time.ts'
import type { Outcome } from '../http/outcome.ts'
import { warningToJson } from '../http/problem.ts'
import { rateToJson } from '../http/rate-json.ts'
import { route } from '../http/route.ts'
import type { Deps } from '../runtime/deps.ts'

/** Open authorizations are covered at the dearest card known until they end, so a card is never a surprise to them. */
const noticeMinMs = dayMs
const noticeUsualMs = 90 * dayMs

/** Publishes the rates of the meters that it names, ahead of their first day. A published card never changes. */
export function publishRateCard(deps: Deps) {
  return route(publishCall, async ({ params, body, language }): Promise<Outcome> => {
    const { version } = params
    const catalog = await deps.catalog.read()
    const card = { version, ...body }
    const today = catalog.rateCards.find((other) => other.version === version)
    if (today !== undefined && !isSame(today, card)) return refuse('RATE_CARD_EXISTS')
    const noticeMs = body.effectiveAt - deps.clock.now()
    if (today === undefined) {
      if (noticeMs < noticeMinMs) return refuse('RATE_CARD_TOO_SOON')
      if (!(await deps.catalog.addRateCard(card))) {
        const { rateCards } = await deps.catalog.read()
        // It may be this very card: a put that was done and not answered fails when it is sent again.
        const stored = rateCards.find((other) => other.version === version)
        if (stored === undefined || !isSame(stored, card)) return refuse('RATE_CARD_EXISTS')
      }
    }
    const isShort = noticeMs < noticeUsualMs
    const warning = warningToJson({ code: 'RATE_CARD_SHORT_NOTICE', until: body.effectiveAt }, language)
    const answer: PublishedRateCardAnswer = {
      version,
      effectiveAt: instantToJson(body.effectiveAt),
      meters: body.meters.map(rateToJson),
      warnings: isShort ? [warning] : [],
    }
    return { status: today === undefined ? 201 : 200, body: answer }
  })
}

/** The rows in force at an instant (default: now), whichever card each comes from. */
export function getRateCard(deps: Deps) {
  return route(getCall, async ({ query }): Promise<Outcome> => {
    const at = query.at ?? deps.clock.now()
    const meters = ratesAt(await deps.catalog.read(), at).map(rateToJson)
    return { status: 200, body: { at: instantToJson(at), meters } satisfies RateCardAnswer }
  })
}

function isSame(
  a: { effectiveAt: number; meters: readonly Rate[] },
  b: { effectiveAt: number; meters: readonly Rate[] },
): boolean {
  const text = (card: typeof a) =>
    JSON.stringify([card.effectiveAt, card.meters.map((rate) => Object.entries(rate).toSorted())])
  return text(a) === text(b)
}
