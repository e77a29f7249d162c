import { afterAll, beforeAll, expect, test } from 'vitest'
import { KillBattery } from '../../faults/kill-battery.ts'
import { Workbench } from '../../faults/workbench.ts'

/** Files that share the operations: each kills every third one. */
const shards = 3
/** Points of all operations, at least. */
const pointsMin = 400

/** Kills the operations of one shard, counted from 1, at each of their points. */
export function testKillPoints(shard: number): void {
  let bench: Workbench
  beforeAll(async () => {
    bench = await Workbench.start()
  })
  afterAll(() => bench.stop())

  test('killed with -9 before and after every request of every operation, each is done exactly once when it is asked again', async () => {
    const { operations } = await import('../../faults/team-operations.ts')
    const startedAt = performance.now()
    const some = operations.filter((_, index) => index % shards === shard - 1)
    const { points, deaths, wrong } = await new KillBattery(bench, some).run()
    const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1)
    console.log(`killed at ${points} points, in ${deaths} processes, in ${seconds} s`)
    expect(wrong).toEqual([])
    expect(points).toBeGreaterThan(pointsMin / shards)
  })
}
