import type { Catalog, Rate } from '../../../core/catalog/catalog.ts'
import { launchCatalog } from '../../support/launch-catalog.ts'

const row = { baseUnit: 'calls', freeLimitStops: 'meter', freePerPeriod: 400 } as const

/** One call is one charged unit and costs a thousandth of a token, so sums of calls and of tokens are the same numbers. */
export const calls: Rate = {
  ...row,
  meter: 'calls',
  api: 'calls',
  unitSize: 1,
  milliTokensPerUnit: 1,
  usdCentsPerUnit: 0,
}
/** Many calls make a charged unit, so remainders and rounding take part. */
export const pages: Rate = {
  ...row,
  meter: 'pages',
  api: 'pages',
  unitSize: 60,
  milliTokensPerUnit: 20,
  usdCentsPerUnit: 2,
}
/** An API that is not rated: nothing limits it. */
export const unrated = 'tiles'

const cardFrom = Date.parse('2025-12-08T00:00:00Z')

/** A change of the card during a run: all meters become dearer, or the calls end. */
export interface CardChange {
  readonly at: number
  readonly change: 'dearer' | 'ended'
}

/** The launch's campaign and prices, with the meters of the simulation. */
export function catalogWith(change?: CardChange): Catalog {
  const first = { version: 'first', effectiveAt: cardFrom, meters: [calls, pages] }
  const dearer = (rate: Rate): Rate => ({ ...rate, milliTokensPerUnit: rate.milliTokensPerUnit * 2 })
  const meters = change?.change === 'ended' ? [{ ...calls, ended: true }] : [dearer(calls), dearer(pages)]
  const second = { version: 'second', effectiveAt: change?.at ?? 0, meters }
  return {
    ...launchCatalog,
    rateCards: change === undefined ? [first] : [first, second],
    unratedApis: [{ version: 'first', effectiveAt: cardFrom, apis: [unrated] }],
  }
}
