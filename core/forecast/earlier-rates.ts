import type { RateCard } from '../catalog/catalog.ts'
import rates from './earlier-rates.json' with { type: 'json' }

/**
 * The rates before the launch (aps-facts, section 1), for a comparison alone. They are no part of any catalog, because use before
 * the first rate card is never charged. There was no pay-as-you-go then, so they have no price in money.
 */
export const earlierRates: RateCard = {
  version: rates.version,
  effectiveAt: 0,
  meters: rates.meters.map(({ tokensPerUnit, ...row }) => {
    return { ...row, milliTokensPerUnit: tokensPerUnit * 1_000, usdCentsPerUnit: 0, freePerPeriod: 0 }
  }),
}

/** The first instant at which the earlier rates were no longer in force. */
export const earlierRatesEndedAt = Date.parse(rates.endedAt)
