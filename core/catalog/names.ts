import type { Instant } from '../time/time.ts'
import { type Catalog, rateAt, ratesAt } from './catalog.ts'
import { versionAt } from './versions.ts'

/**
 * The status of a name at an instant, exactly one. `rated`: a meter of a card in force. `unrated`: an API that costs nothing.
 * `coming`: a meter of a later card, free of charge until then. `ended`: it was rated or unrated before.
 */
export type NameStatus = 'rated' | 'unrated' | 'coming' | 'ended' | 'unknown'

/** The status of a meter, or of an API that is or was not rated. A card that rates an API ends that API's own name, for good. */
export function statusAt(catalog: Catalog, name: string, at: Instant): NameStatus {
  const rate = rateAt(catalog, name, at)
  if (rate !== undefined) return rate.ended === true ? 'ended' : 'rated'
  if (versionAt(catalog.unratedApis, at)?.apis.includes(name))
    return isRatedApi(catalog, name, at) ? 'ended' : 'unrated'
  if (catalog.unratedApis.some(({ effectiveAt, apis }) => effectiveAt <= at && apis.includes(name)))
    return 'ended'
  return isMeter(catalog, name) ? 'coming' : 'unknown'
}

/** The first instant after `at` from which the name has ended; undefined where no published version ends it. */
export function endAfter(catalog: Catalog, name: string, at: Instant): Instant | undefined {
  return [...catalog.rateCards, ...catalog.unratedApis]
    .map(({ effectiveAt }) => effectiveAt)
    .filter((effectiveAt) => effectiveAt > at)
    .toSorted((a, b) => a - b)
    .find((effectiveAt) => statusAt(catalog, name, effectiveAt) === 'ended')
}

/** The meters to use instead of a name that has ended: those in force of its API. */
export function metersInsteadOf(catalog: Catalog, name: string, at: Instant): readonly string[] {
  const api = rateAt(catalog, name, at)?.api ?? name
  return ratesAt(catalog, at).flatMap((rate) => (rate.api === api ? [rate.meter] : []))
}

/** The names that a card ends: the unrated APIs that it is the first to rate, and the meters of rows that end them. */
export function namesEndedBy(catalog: Catalog, card: Catalog['rateCards'][number]): readonly string[] {
  const at = card.effectiveAt
  const before = {
    ...catalog,
    rateCards: catalog.rateCards.filter(({ version }) => version !== card.version),
  }
  const apis = new Set(card.meters.flatMap(({ api, ended }) => (ended === true ? [] : [api])))
  const meters = card.meters.flatMap(({ meter, ended }) => (ended === true ? [meter] : []))
  return [...[...apis].filter((api) => statusAt(before, api, at) === 'unrated'), ...meters]
}

/** True for a meter, or an API that is rated, from an instant on or later. */
export function isRatedFrom(catalog: Catalog, name: string, at: Instant): boolean {
  const dates = catalog.rateCards.map(({ effectiveAt }) => Math.max(at, effectiveAt))
  return dates.some((date) => isRatedApi(catalog, name, date) || statusAt(catalog, name, date) === 'rated')
}

/** True for a name that has or will have a status other than `unknown`. */
export function isKnownName(catalog: Catalog, name: string): boolean {
  return isMeter(catalog, name) || catalog.unratedApis.some(({ apis }) => apis.includes(name))
}

function isMeter(catalog: Catalog, name: string): boolean {
  return catalog.rateCards.some(({ meters }) => meters.some(({ meter }) => meter === name))
}

function isRatedApi(catalog: Catalog, api: string, at: Instant): boolean {
  return catalog.rateCards.some(
    ({ effectiveAt, meters }) =>
      effectiveAt <= at && meters.some((rate) => rate.api === api && rate.ended !== true),
  )
}
