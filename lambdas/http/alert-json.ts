import type { AlertMeasure } from '../../core/alerts/alert.ts'
import { tokensToJson } from './charge-json.ts'

/** A threshold or a figure on the wire: tokens with up to three decimals, US cents whole. */
export function figureToJson(measure: AlertMeasure, figure: number): number {
  return measure === 'cost-usd-cents' ? figure : tokensToJson(figure)
}

/** The inverse of `figureToJson`. */
export function figureFromJson(measure: AlertMeasure, figure: number): number {
  return measure === 'cost-usd-cents' ? figure : figure * 1_000
}
