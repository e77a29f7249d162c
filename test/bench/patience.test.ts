import { expect } from 'vitest'
import { withPatience } from '../../bench/patience.ts'
import { RequestMeter } from '../../bench/request-meter.ts'
import { getItem, type Table } from '../../lambdas/store/table.ts'
import { test } from '../support/fixtures.ts'

test('the bench asks again while a table gives no answer in time, and counts one request', async ({
  table,
}) => {
  // As often as the SDK tries by itself, and once more.
  let faults = 4
  const faulty: Table = {
    ...table,
    send: async (name, input) => {
      faults -= 1
      if (faults >= 0) throw Object.assign(new Error('no answer'), { name: 'TimeoutError' })
      return table.send(name, input)
    },
  }
  const meter = new RequestMeter(withPatience(faulty))
  const count = await meter.during(() => getItem(meter.table, { pk: 'TEAM#nobody', sk: 'ACCOUNT' }))
  expect(count.requests).toBe(1)
  expect(faults).toBeLessThan(0)
})

test('a failure that will never pass ends the bench', async ({ table }) => {
  const missing = withPatience({ ...table, tableName: 'not-there' })
  await expect(getItem(missing, { pk: 'TEAM#nobody', sk: 'ACCOUNT' })).rejects.toThrow('not found')
})
