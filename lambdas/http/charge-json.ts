import type { Charge } from '../../core/journal.ts'
import type { ChargeAnswer } from '../schema/answers.ts'

/** Tokens as customers see them: a number with at most three decimals. */
export const tokensToJson = (milliTokens: number): number => milliTokens / 1_000

/** One line per source and meter; the lot is named where one lot paid all of it. */
export function chargesToJson(charges: readonly Charge[]): ChargeAnswer[] {
  return charges.map(chargeToJson)
}

function chargeToJson(charge: Charge): ChargeAnswer {
  const { source, meter, units } = charge
  switch (charge.source) {
    case 'flex': {
      const [lot, ...others] = charge.lots
      const isOneLot = lot !== undefined && others.length === 0
      return {
        source,
        meter,
        units,
        tokens: tokensToJson(charge.milliTokens),
        ...(isOneLot && { lotId: lot.lotId }),
      }
    }
    case 'pay-as-you-go':
      return { source, meter, units, usdCents: charge.usdCents }
    case 'shortfall':
      return { source, meter, units }
  }
}
