import { expect } from 'vitest'
import { RequestMeter } from '../../bench/request-meter.ts'
import { test } from '../support/fixtures.ts'
import { foundAcme, newParty, type Party } from '../support/party.ts'

let party: Party
let meter: RequestMeter
let now: number

test.beforeEach(async ({ table }) => {
  now = Date.parse('2026-02-20T10:00:00Z')
  meter = new RequestMeter(table)
  party = await newParty(meter.table, { now: () => now })
})

const register = () =>
  party.call('registerTeam', {
    body: { name: 'Acme', country: 'US', paymentMethod: 'credit-card', standing: 'good' },
  })

test('a balance names its instant, and what is held of a free amount', async () => {
  await register()
  await party.call('registerApp', { body: { teamId: 'acme', name: 'Viewer' } })
  await party.call('createHub', { body: { name: 'Hub' } })
  await party.call('moveApps', { body: { appIds: ['viewer'] } })
  await party.call('choosePlan', { body: { plan: 'free' } })
  const asked = { appId: 'viewer', meter: 'model-derivative-complex-job', quantity: 8 }
  await party.call('authorizeUsage', { body: { authorizationId: 'a1', ...asked } })
  await party.call('captureAuthorization', { body: { used: 3 } })
  const { body } = await party.call('getBalance', {})
  expect(body).toMatchObject({ at: '2026-02-20T10:00:00Z', refused: [], warnings: [] })
  expect(body.free).toContainEqual({
    meter: 'model-derivative-complex-job',
    used: 3,
    held: 5,
    limit: 20,
    remaining: 12,
  })
})

test('a used-up free amount stops its API, and the balance names it on the other meters of that API', async () => {
  await register()
  await party.call('registerApp', { body: { teamId: 'acme', name: 'Viewer' } })
  await party.call('createHub', { body: { name: 'Hub' } })
  await party.call('moveApps', { body: { appIds: ['viewer'] } })
  const stoppers = async () => {
    const { body } = await party.call('getBalance', {})
    const rows = body.free as { meter: string; remaining: number; stoppedBy?: string }[]
    return rows.filter((row) => row.stoppedBy !== undefined)
  }
  const recordUse = (id: string, quantity: number) =>
    party.call('recordUsage', {
      body: [
        {
          specversion: '1.0',
          type: 'aps.usage.v1',
          source: 'urn:example:one',
          id,
          subject: 'viewer',
          time: '2026-02-20T10:00:00Z',
          data: { meter: 'model-derivative-complex-job', quantity },
        },
      ],
    })
  await party.call('choosePlan', { body: { plan: 'free' } })
  await recordUse('u1', 19)
  expect(await stoppers()).toEqual([])
  await recordUse('u2', 1)
  expect(await stoppers()).toMatchObject([
    { meter: 'model-derivative-simple-job', remaining: 60, stoppedBy: 'model-derivative-complex-job' },
    { meter: 'model-derivative-basic', remaining: 300_000, stoppedBy: 'model-derivative-complex-job' },
  ])
  const denied = await party.call('authorizeUsage', {
    body: { authorizationId: 'b', appId: 'viewer', meter: 'model-derivative-basic', quantity: 1 },
  })
  expect(denied.body.refusal).toMatchObject({
    code: 'FREE_LIMIT_REACHED',
    detail: expect.stringContaining('"model-derivative-complex-job" is used up'),
    missing: [{ quantity: 0, stoppedBy: 'model-derivative-complex-job' }],
    resumesAt: '2026-03-01T00:00:00Z',
  })
  now = Date.parse('2026-03-01T00:00:00Z')
  expect(await stoppers()).toEqual([])
})

test('a balance says what is refused as a denial would, in the caller’s language', async () => {
  await foundAcme(party)
  const body = { authorizationId: 'big', appId: 'viewer', meter: 'automation-autocad', quantity: 71_280 }
  expect((await party.call('authorizeUsage', { body })).body.decision).toBe('allow')
  const denied = await party.call('authorizeUsage', {
    body: { authorizationId: 'a', appId: 'viewer', meter: 'model-derivative-complex-job', quantity: 1 },
    headers: { 'accept-language': 'ja' },
  })
  const balance = await party.call('getBalance', { headers: { 'accept-language': 'ja' } })
  expect(balance.body.refused).toEqual([
    {
      meter: 'model-derivative-complex-job',
      api: 'model-derivative',
      ...(denied.body.refusal as object),
    },
  ])
  expect(balance.body.refused).toMatchObject([
    { title: 'Flexトークンが不足しています', resumesAt: '2026-02-20T11:00:00Z' },
  ])
})

test('a balance warns in the grace period, and refuses after it', async () => {
  now = Date.parse('2026-01-16T12:00:00Z')
  await register()
  expect((await party.call('getBalance', {})).body).toMatchObject({
    refused: [],
    warnings: [{ code: 'GRACE_PERIOD', title: 'Grace period', until: '2026-01-17T00:00:00Z' }],
  })
  now = Date.parse('2026-01-17T00:00:00Z')
  const { refused } = (await party.call('getBalance', {})).body
  expect(refused).toEqual([
    {
      code: 'NO_PLAN',
      title: 'The team has no plan',
      detail: expect.any(String),
      missing: [{ code: 'NO_PLAN' }],
      resolve: expect.any(String),
    },
  ])
})

test('a balance costs two reads, of the account and of the other versions, however much it says', async () => {
  await foundAcme(party)
  await party.call('getBalance', {})
  const { requests, readUnits, writeUnits } = await meter.during(() => party.call('getBalance', {}))
  expect([requests, readUnits, writeUnits]).toEqual([2, 2, 0])
})
