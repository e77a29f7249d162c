import { type AssumptionName, assumptionNames, assumptions } from './assumptions.ts'
import { describedNumbers, type Fleet } from './fleet.ts'

export interface Range {
  readonly low: number
  readonly likely: number
  readonly high: number
}

/** Change of a figure when one assumption moves to its bounds. */
export interface Swing {
  readonly name: AssumptionName
  readonly low: number
  readonly high: number
}

/**
 * The range of a figure of a fleet. The assumptions are independent, so their swings add up like independent
 * errors: the root of the sum of their squares, on each side.
 */
export function rangeOf(fleet: Fleet, figure: (fleet: Fleet) => number): Range {
  const likely = figure(fleet)
  const swings = swingsOf(fleet, figure)
  const side = (bound: 'low' | 'high') => Math.hypot(...swings.map((swing) => swing[bound] - likely))
  return { low: likely - side('low'), likely, high: likely + side('high') }
}

/** The swing of each assumption, the widest first. */
export function swingsOf(fleet: Fleet, figure: (fleet: Fleet) => number): readonly Swing[] {
  const likely = figure(fleet)
  const at = (name: AssumptionName, value: number) =>
    figure({ ...fleet, assumed: { ...fleet.assumed, [name]: value } })
  return assumptionNames
    .map((name) => {
      const ends = [likely, at(name, assumptions[name].from), at(name, assumptions[name].to)]
      return { name, low: Math.min(...ends), high: Math.max(...ends) }
    })
    .toSorted((a, b) => b.high - b.low - (a.high - a.low))
}

/** Growth of a figure when one number of the fleet's description doubles, the largest change first. */
export function doublings(fleet: Fleet, figure: (fleet: Fleet) => number) {
  const before = figure(fleet)
  return describedNumbers
    .map((name) => ({ name, change: figure({ ...fleet, [name]: fleet[name] * 2 }) - before }))
    .toSorted((a, b) => Math.abs(b.change) - Math.abs(a.change))
}
