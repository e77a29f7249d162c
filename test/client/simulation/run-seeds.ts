import type { Counts } from './ledger.ts'
import type { ClientMaker } from './machine.ts'
import { makeClient } from './make-client.ts'
import { type Outcome, runSeed } from './run-seed.ts'

export interface Outcomes {
  /** The first seeds that found a fault. */
  readonly failures: readonly Pick<Outcome, 'seed' | 'season' | 'violations'>[]
  /** Sums over all seeds. */
  readonly counts: Counts
}

interface Options {
  readonly client?: ClientMaker
  /** The number of failures after which no more seeds are run. */
  readonly failuresMax?: number
}

/** Runs seeds one after the other, until some have found a fault. */
export async function runSeeds(
  seeds: Iterable<number>,
  { client = makeClient, failuresMax = 3 }: Options = {},
): Promise<Outcomes> {
  // The client loads its recorder at the first use. No virtual time must pass meanwhile.
  await import('../../../client/record/recording.ts')
  const failures: Outcomes['failures'][number][] = []
  const sums: Counts = {}
  for (const seed of seeds) {
    const { season, violations, counts } = await runSeed(seed, client)
    for (const [what, count] of Object.entries(counts)) sums[what] = (sums[what] ?? 0) + count
    if (violations.length > 0) failures.push({ seed, season, violations })
    if (failures.length === failuresMax) break
  }
  return { failures, counts: sums }
}

/** The seeds from `first` on, `count` of them. */
export function* seedsFrom(first: number, count: number, step = 1): Generator<number> {
  for (let index = 0; index < count; index += 1) yield first + index * step
}
