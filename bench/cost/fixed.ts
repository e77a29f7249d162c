import priceTable from '../prices.json' with { type: 'json' }
import type { BillLine } from './bill-line.ts'

const { fixed } = priceTable

/** Lines of an idle `prod` stage in a month. A test compares the numbers with the templates. */
export function fixedLines(): readonly BillLine[] {
  return Object.values(fixed).map(({ of, number, usd }) => ({
    service: 'Fixed',
    of,
    quantity: number,
    usd: number * usd,
    isUnconfirmed: true,
  }))
}

/** Their sum in USD. */
export function fixedUsd(): number {
  return fixedLines().reduce((sum, { usd }) => sum + usd, 0)
}
