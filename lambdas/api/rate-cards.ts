import type { RateCardAnswer } from '../../contract/get-rate-card.ts'
import { getRateCard as getCall } from '../../contract/get-rate-card.ts'
import { instantToJson } from '../../contract/instant.ts'
import { sayToPeople } from '../../contract/people-messages.ts'
import type { PublishedRateCardAnswer } from '../../contract/publish-rate-card.ts'
import { publishRateCard as publishCall } from '../../contract/publish-rate-card.ts'
import { type RateCard, ratesAt } from '../../core/catalog/catalog.ts'
import { namesEndedBy } from '../../core/catalog/names.ts'
import type { Publication } from '../../core/catalog/publish.ts'
import { completeCard } from '../../core/catalog/publish-rate-card.ts'
import type { Language } from '../../core/texts/texts-model.ts'
import { badRequest, type Outcome } from '../http/outcome.ts'
import { publicationsToJson, statusOf } from '../http/publications-json.ts'
import { rateToJson } from '../http/rate-json.ts'
import { route } from '../http/route.ts'
import { warningToJson } from '../http/warning-json.ts'
import type { Deps } from '../runtime/deps.ts'
import { listPublications } from '../store/publications.ts'
import { publishVersion } from '../store/publish-version.ts'

/** Publishes the rates of the meters that it names, ahead of their first day. A published card never changes. */
export function publishRateCard(deps: Deps) {
  return route(publishCall, async ({ params, query, body, language }): Promise<Outcome> => {
    const catalog = await deps.catalog.read()
    const { reason, ...asked } = body
    const card = completeCard(catalog, { ...params, ...asked })
    if ('unrated' in card)
      return badRequest({ pointer: `/meters/${card.unrated}/meter`, message: sayToPeople('noRatedMeter') })
    const isPreview = query.preview
    const published = await publishVersion(deps, { kind: 'rateCards', version: card, reason, isPreview })
    if ('refused' in published) return published
    return {
      status: statusOf(published, isPreview),
      body: toJson(card, published, language, namesEndedBy(catalog, card)),
    }
  })
}

function toJson(
  card: RateCard,
  { isShortNotice }: Publication,
  language: Language,
  ends: readonly string[],
): PublishedRateCardAnswer {
  const { version, effectiveAt, meters } = card
  const warning = warningToJson({ code: 'RATE_CARD_SHORT_NOTICE', until: effectiveAt }, language)
  return {
    version,
    effectiveAt: instantToJson(effectiveAt),
    meters: meters.map(rateToJson),
    ends: [...ends],
    warnings: isShortNotice ? [warning] : [],
  }
}

/** The rows in force at an instant (default: now), whichever card each comes from, and later cards as they were published. */
export function getRateCard(deps: Deps) {
  return route(getCall, async ({ query }): Promise<Outcome> => {
    const at = query.at ?? deps.clock.now()
    const catalog = await deps.catalog.read()
    const upcoming = catalog.rateCards
      .filter(({ effectiveAt }) => effectiveAt > at)
      .map(({ version, effectiveAt, meters }) => {
        return { version, effectiveAt: instantToJson(effectiveAt), meters: meters.map(rateToJson) }
      })
    const meters = ratesAt(catalog, at).map(rateToJson)
    const publications = publicationsToJson(await listPublications(deps.table, 'rateCards'))
    const answer: RateCardAnswer = { at: instantToJson(at), meters, upcoming, publications }
    return { status: 200, body: answer }
  })
}
