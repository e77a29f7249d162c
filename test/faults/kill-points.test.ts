import { afterAll, beforeAll, expect, test } from 'vitest'
import { KillBattery } from './kill-battery.ts'
import { Workbench } from './workbench.ts'

let bench: Workbench
beforeAll(async () => {
  bench = await Workbench.start()
})
afterAll(() => bench.stop())

test('killed with -9 before and after every request of every operation, each is done exactly once when it is asked again', async () => {
  const { operations } = await import('./all-operations.ts')
  const startedAt = performance.now()
  const { points, deaths, wrong } = await new KillBattery(bench, operations).run()
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1)
  console.log(`killed at ${points} points, in ${deaths} processes, in ${seconds} s`)
  expect(wrong).toEqual([])
  expect(points).toBeGreaterThan(400)
}, 600_000)
