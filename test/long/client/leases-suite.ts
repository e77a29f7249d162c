import { expect, test } from 'vitest'
import { expectedEvents } from '../../client/simulation/expected-events.ts'
import { runSeeds, seedsFrom } from '../../client/simulation/run-seeds.ts'

/** Files that share the seeds. */
const shards = 2
const seeds = 10_000

/** Runs the seeds of one shard, counted from 1. */
export function testRandomLeases(shard: number): void {
  test('in thousands of random worlds, every call is backed and reported exactly once', async () => {
    const startedAt = performance.now()
    const { failures, counts } = await runSeeds(seedsFrom(shard, seeds / shards, shards))
    const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1)
    console.log(`${seeds / shards} worlds with ${counts.allow} allowed calls in ${seconds} s`)
    expect(failures).toEqual([])
    expect(Object.keys(counts)).toEqual(expect.arrayContaining([...expectedEvents]))
  })
}
