/**
 * Parameters of a property: its number of runs. The environment's `PROPERTY_RUNS` is an upper bound, for runs that
 * repeat the tests thousands of times.
 */
export function propertyRuns(numRuns: number): { readonly numRuns: number } {
  const runsMax = Number(process.env.PROPERTY_RUNS ?? numRuns)
  return { numRuns: Math.min(numRuns, runsMax) }
}
