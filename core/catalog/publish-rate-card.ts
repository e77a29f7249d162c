import { type Refusal, refuse } from '../refusal.ts'
import { dayMs, type Instant } from '../time/time.ts'
import type { Catalog, RateCard } from './catalog.ts'

/** Open authorizations are covered at the dearest card known until they end, so a card is never a surprise to them. */
export const noticeMinMs = dayMs
export const noticeUsualMs = 90 * dayMs

export interface Publication {
  /** False if the identical card was published before. */
  readonly isNew: boolean
  readonly isShortNotice: boolean
}

/** Decides whether a card may be published, ahead of its first day. A published card never changes. */
export function publishRateCard(catalog: Catalog, card: RateCard, now: Instant): Publication | Refusal {
  const earlier = catalog.rateCards.find(({ version }) => version === card.version)
  if (earlier !== undefined && !isSame(earlier, card)) return refuse('RATE_CARD_EXISTS')
  const noticeMs = card.effectiveAt - now
  if (earlier === undefined && noticeMs < noticeMinMs) return refuse('RATE_CARD_TOO_SOON')
  return { isNew: earlier === undefined, isShortNotice: noticeMs < noticeUsualMs }
}

function isSame(a: RateCard, b: RateCard): boolean {
  return textOf(a) === textOf(b)
}

function textOf({ effectiveAt, meters }: RateCard): string {
  return JSON.stringify([effectiveAt, meters.map((rate) => Object.entries(rate).toSorted())])
}
