import type { ChargeAnswer } from '../../contract/charge.ts'
import type { Charge } from '../../core/journal/entry.ts'

/** Tokens as customers see them: a number with at most three decimals. */
export const tokensToJson = (milliTokens: number): number => milliTokens / 1_000

/** One line per source and meter. The line names the lot that paid all of it, else each lot with its part. */
export function chargesToJson(charges: readonly Charge[]): ChargeAnswer[] {
  return charges.map(chargeToJson)
}

function drawToJson({ lotId, milliTokens }: { readonly lotId: string; readonly milliTokens: number }) {
  return { lotId, tokens: tokensToJson(milliTokens) }
}

function chargeToJson(charge: Charge): ChargeAnswer {
  const { source, meter, units } = charge
  switch (charge.source) {
    case 'flex': {
      const [lot, ...others] = charge.lots
      return {
        source,
        meter,
        units,
        tokens: tokensToJson(charge.milliTokens),
        ...(others.length === 0 ? { lotId: lot?.lotId } : { lots: charge.lots.map(drawToJson) }),
      }
    }
    case 'pay-as-you-go':
      return { source, meter, units, usdCents: charge.usdCents }
    case 'shortfall':
      return { source, meter, units }
  }
}
