import { assert } from '../assert.ts'
import { nextPeriod, type Period } from '../time/time.ts'
import type { Account, MeterState, Tally } from './account.ts'

export function withMeter(account: Account, meter: string, state: MeterState): Account {
  return { ...account, meters: { ...account.meters, [meter]: state } }
}

/** Changes the state of every meter; a meter whose state is empty is removed from the account. */
export function mapMeters(account: Account, change: (state: MeterState) => MeterState): Account['meters'] {
  const changed = Object.entries(account.meters).map(([meter, state]) => [meter, change(state)] as const)
  return Object.fromEntries(changed.filter(([, state]) => !isEmptyMeter(state)))
}

/** The tally that a period's use is added to. Throws for a period that is neither the current nor the previous one. */
export function tallyOf(account: Account, period: Period): 'current' | 'previous' {
  assert(period === account.period || nextPeriod(period) === account.period, `${period} is still open`)
  return period === account.period ? 'current' : 'previous'
}

export function isEmptyTally(tally: Tally): boolean {
  return tally.free === 0 && tally.units === 0 && tally.usdCents === 0 && tally.included === undefined
}

/** The tally with more (or with a negative quantity fewer) base units of included amounts, but never fewer than none. */
export function addIncluded({ included: before = 0, ...tally }: Tally, quantity: number): Tally {
  const included = Math.max(0, before + quantity)
  return included === 0 ? tally : { ...tally, included }
}

function isEmptyMeter(state: MeterState): boolean {
  const { remainder, current, previous, free, paid } = state
  return (
    remainder === 0 &&
    isEmptyTally(current) &&
    isEmptyTally(previous) &&
    free.length === 0 &&
    paid.length === 0
  )
}
