import type { CapAnswer } from '../../contract/cap.ts'
import type { Cap } from '../../core/journal/entry.ts'
import { tokensToJson } from './charge-json.ts'

/** A cap, without what has been charged. */
export function capToJson({
  quantity,
  milliTokens,
  usdCents,
}: Pick<Cap, 'quantity' | 'milliTokens' | 'usdCents'>): CapAnswer {
  return { quantity, tokens: tokensToJson(milliTokens), usdCents }
}
