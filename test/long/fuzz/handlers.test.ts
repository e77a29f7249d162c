import { expect } from 'vitest'
import { runFuzz } from '../../fuzz/fuzz.ts'
import { test } from '../../support/fixtures.ts'

test('no generated request gets a server error, a 400 that names no field, or a write before its 400', async ({
  table,
}) => {
  const { fault, runs, statuses } = await runFuzz(table, { runs: 2_000, seed: 20_261_127, secondsMax: 300 })
  expect(fault).toBeUndefined()
  expect(runs).toBe(2_000)
  expect([...statuses.keys()]).toEqual(expect.arrayContaining([200, 400, 404, 409]))
})
