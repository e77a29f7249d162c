/** Time is limited in minutes; all else is counted. */
const secondsPerMinute = 60

/** What stands in the field for so many base units. */
export function shownAmount(perPeriod: number, baseUnit: string): number {
  return baseUnit === 'seconds' ? perPeriod / secondsPerMinute : perPeriod
}

/** The base units of what was typed. */
export function baseUnitsOf(amount: number, baseUnit: string): number {
  return Math.round(baseUnit === 'seconds' ? amount * secondsPerMinute : amount)
}
