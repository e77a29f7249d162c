import { expect, test } from 'vitest'
import { runLoad } from '../../../bench/client/run-load.ts'

/*
 * Four processes with the client call one team of a real server over HTTP. Meanwhile its backing runs out twice and is bought
 * again, and two of the processes are killed with -9 and started again. `npm run bench:client` is the same for a minute.
 */

test('own logs, journal and balance agree after two exhaustions, two purchases and two kills with -9', async () => {
  const { callers, books, logs, purchases } = await runLoad({
    callers: 4,
    seconds: 15,
    callsPerSecond: 120_000,
    progress: () => {},
  })
  expect(callers.map(({ kills }) => kills)).toEqual([1, 1, 0, 0])
  expect(purchases).toHaveLength(2)
  for (const { admitted } of callers) expect(admitted).toBeGreaterThan(0)
  expect(books).toMatchObject({ journal: logs, balance: logs, held: 0, overspent: 0, differences: [] })
})
