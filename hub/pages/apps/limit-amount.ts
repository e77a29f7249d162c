/** The dialog shows time in minutes, and everything else in base units. */
const secondsPerMinute = 60

/** Converts base units to the amount that the field shows. */
export function shownAmount(perPeriod: number, baseUnit: string): number {
  return baseUnit === 'seconds' ? perPeriod / secondsPerMinute : perPeriod
}

/** Converts the typed amount to base units. */
export function baseUnitsOf(amount: number, baseUnit: string): number {
  return Math.round(baseUnit === 'seconds' ? amount * secondsPerMinute : amount)
}
