import type { Lot } from '../account/account.ts'
import { assert } from '../assert.ts'

export interface Draw {
  readonly lotId: string
  readonly milliTokens: number
}

/** Draws thousandths of tokens from lots in their order: first expiry first, then the smaller purchase. They must have enough. */
export function draw(lots: readonly Lot[], milliTokens: number): readonly Draw[] {
  const draws: Draw[] = []
  let missing = milliTokens
  for (const lot of lots) {
    const taken = Math.min(lot.remaining, missing)
    if (taken > 0) draws.push({ lotId: lot.lotId, milliTokens: taken })
    missing -= taken
  }
  assert(missing === 0, `${missing} thousandths of a token are missing`)
  return draws
}
