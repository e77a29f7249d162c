import type { Rate } from '../../core/catalog/catalog.ts'
import { tokensToJson } from './charge-json.ts'

/** A row of a rate card on the wire: tokens instead of their thousandths. */
export function rateToJson({ milliTokensPerUnit, ...rate }: Rate) {
  return { ...rate, tokensPerUnit: tokensToJson(milliTokensPerUnit) }
}
