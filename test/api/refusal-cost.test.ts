import { expect } from 'vitest'
import { RequestMeter } from '../../bench/request-meter.ts'
import { test } from '../support/fixtures.ts'
import { foundAcme, newParty } from '../support/party.ts'

const ask = { appId: 'viewer', meter: 'automation-autocad', holdSeconds: 60 }

/** Units and requests of the next refusals of a team whose tokens are used up, on a warm function. */
async function countRefusals(
  table: ConstructorParameters<typeof RequestMeter>[0],
  refuse: (call: Awaited<ReturnType<typeof newParty>>['call'], id: string) => Promise<unknown>,
) {
  const meter = new RequestMeter(table)
  const party = await newParty(meter.table, { now: () => Date.parse('2026-01-15T09:00:00Z') })
  await foundAcme(party, 100)
  await party.call('authorizeUsage', { body: { ...ask, authorizationId: 'all', quantity: 72_000 } })
  await refuse(party.call, 'first')
  await party.deps.catalog.read()
  const { requests, readUnits, writeUnits } = await meter.during(() => refuse(party.call, 'next'))
  return { requests, readUnits, writeUnits }
}

// One unit for the account, which may have changed, and one for the id, which may be that of an authorization made before. Once a
// second, a function also reads the catalog, which is another unit.
test('a refused authorization of an exhausted team costs two reads and no write', async ({ table }) => {
  const counted = await countRefusals(table, async (call, authorizationId) => {
    const { body } = await call('authorizeUsage', { body: { ...ask, authorizationId, quantity: 1 } })
    expect(body).toMatchObject({ decision: 'deny', refusal: { code: 'TOKENS_EXHAUSTED' } })
  })
  expect(counted).toEqual({ requests: 2, readUnits: 2, writeUnits: 0 })
})

test.for([1, 5])(
  '%i refused rows of a settlement cost one read each, and one for the account',
  async (count, { table }) => {
    const counted = await countRefusals(table, async (call, id) => {
      const row = { kind: 'authorization', ...ask, quantity: 1 }
      const rows = Array.from({ length: count }, (_, index) => ({
        ...row,
        authorizationId: `${id}-${index}`,
      }))
      const { body } = await call('settleUsage', { body: { rows } })
      expect(body.results).toMatchObject(rows.map(() => ({ authorization: { decision: 'deny' } })))
    })
    expect(counted).toEqual({ requests: 1 + count, readUnits: 1 + count, writeUnits: 0 })
  },
)
