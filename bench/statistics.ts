/** The value below which a share (0 to 1) of the samples lies. Throws without samples. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b)
  const found = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]
  if (found === undefined) throw new Error('no samples')
  return found
}

export const median = (samples: readonly number[]): number => percentile(samples, 0.5)

const blocks = 10

export interface Ratio {
  readonly value: number
  /**
   * The lowest and highest value of ten consecutive parts of the run. A wide span means that the value is
   * unreliable.
   */
  readonly low: number
  readonly high: number
}

/** A percentile of `ours` divided by the same percentile of `theirs`. Both were measured in turns. */
export function ratioOf(ours: readonly number[], theirs: readonly number[], share: number): Ratio {
  const size = Math.floor(ours.length / blocks)
  const parts = Array.from({ length: blocks }, (_, index) => {
    const [from, to] = [index * size, (index + 1) * size]
    return percentile(ours.slice(from, to), share) / percentile(theirs.slice(from, to), share)
  })
  return {
    value: percentile(ours, share) / percentile(theirs, share),
    low: Math.min(...parts),
    high: Math.max(...parts),
  }
}
