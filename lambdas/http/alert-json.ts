import type { AlertMeasure } from '../../core/alerts/alert.ts'
import { tokensToJson } from './charge-json.ts'

/** A threshold or a figure on the wire: tokens with up to three decimals, US cents and days whole. */
export function figureToJson(measure: AlertMeasure, figure: number): number {
  return isInTokens(measure) ? tokensToJson(figure) : figure
}

/** The inverse of `figureToJson`. */
export function figureFromJson(measure: AlertMeasure, figure: number): number {
  return isInTokens(measure) ? figure * 1_000 : figure
}

function isInTokens(measure: AlertMeasure): boolean {
  return measure === 'cost-tokens' || measure === 'tokens-left'
}
