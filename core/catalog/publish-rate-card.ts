import type { Refusal } from '../refusal.ts'
import type { Instant } from '../time/time.ts'
import { type Catalog, type Rate, type RateCard, rateAt } from './catalog.ts'
import { type Publication, publish } from './publish.ts'

/** A row that ends a meter, and leaves its rates to the earlier row. */
export interface EndedMeter {
  readonly meter: string
  readonly ended: true
}

export interface AskedCard extends Omit<RateCard, 'meters'> {
  readonly meters: readonly (Rate | EndedMeter)[]
}

/**
 * Completes the rows that only end a meter by the row in force at that time, because late work is still priced by it. Returns
 * the index of a row whose meter has no rate by then.
 */
export function completeCard(catalog: Catalog, card: AskedCard): RateCard | { readonly unrated: number } {
  const published = catalog.rateCards.find(({ version }) => version === card.version)
  const meters: Rate[] = []
  for (const [index, row] of card.meters.entries()) {
    if ('api' in row) meters.push(row)
    else {
      // A repeat gets the rates that the card was published with.
      const same = published?.meters.find(({ meter, ended }) => meter === row.meter && ended === true)
      const rate = same ?? rateAt(catalog, row.meter, card.effectiveAt)
      if (rate === undefined) return { unrated: index }
      meters.push({ ...rate, ended: true })
    }
  }
  return { ...card, meters }
}

/** Decides whether a card may be published, ahead of its first day. A published card never changes. */
export function publishRateCard(catalog: Catalog, card: RateCard, now: Instant): Publication | Refusal {
  return publish(catalog.rateCards, card, now, { exists: 'RATE_CARD_EXISTS', tooSoon: 'RATE_CARD_TOO_SOON' })
}
