import { type Refusal, refuse } from '../refusal.ts'
import type { Instant } from '../time/time.ts'
import type { Catalog } from './catalog.ts'
import type { IncludedAmounts } from './included-amounts.ts'
import { noticeMinMs, noticeUsualMs, type Publication } from './publish-rate-card.ts'

/**
 * Decides whether included amounts may be published, ahead of their first day as rate cards are: open authorizations count on the
 * amounts known until they end. A published version never changes.
 */
export function publishIncludedAmounts(
  catalog: Catalog,
  amounts: IncludedAmounts,
  now: Instant,
): Publication | Refusal {
  const earlier = catalog.includedAmounts.find(({ version }) => version === amounts.version)
  if (earlier !== undefined && textOf(earlier) !== textOf(amounts)) return refuse('INCLUDED_AMOUNTS_EXIST')
  const noticeMs = amounts.effectiveAt - now
  if (earlier === undefined && noticeMs < noticeMinMs) return refuse('INCLUDED_AMOUNTS_TOO_SOON')
  return { isNew: earlier === undefined, isShortNotice: noticeMs < noticeUsualMs }
}

function textOf({ effectiveAt, products }: IncludedAmounts): string {
  return JSON.stringify([
    effectiveAt,
    products.map(({ product, meter, perPeriod }) => [product, meter, perPeriod]),
  ])
}
