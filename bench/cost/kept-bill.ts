import { readFileSync } from 'node:fs'
import * as v from 'valibot'
import type { Figure } from '../figure.ts'
import { growthMax, hasGrown } from './bill.ts'
import type { CostReport } from './report.ts'

/** The stored bill. The bench fails when the bill grows, until somebody stores it again. */
export const keptBillFile = new URL('../bill.json', import.meta.url)

const KeptBill = v.object({
  fleet: v.string(),
  /** The bills of the first and the twelfth month, with the likely value of each assumption. */
  usd: v.number(),
  usdMonth12: v.number(),
  usdPerMillionCalls: v.number(),
})
export type KeptBill = v.InferOutput<typeof KeptBill>

const digits = 6

export function keptBill({ fleet, usd, usdMonth12, usdPerMillionCalls }: CostReport): KeptBill {
  const rounded = (value: number) => Number(value.toFixed(digits))
  return {
    fleet: fleet.name,
    usd: rounded(usd.likely),
    usdMonth12: rounded(usdMonth12.likely),
    usdPerMillionCalls: rounded(usdPerMillionCalls),
  }
}

export function readKeptBill(): KeptBill {
  return v.parse(KeptBill, JSON.parse(readFileSync(keptBillFile, 'utf8')))
}

/** The bench's line. It fails when the bill is more than five per cent above the stored one. */
export function billFigure(usd: number, kept: KeptBill): Figure {
  const target = `≤ ${(kept.usd * growthMax).toFixed(2)} USD`
  return {
    what: `monthly bill: ${kept.fleet}`,
    value: `${usd.toFixed(2)} USD`,
    target,
    isMet: !hasGrown(usd, kept.usd),
  }
}
