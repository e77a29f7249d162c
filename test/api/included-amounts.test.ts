import { describe, expect } from 'vitest'
import { UsageView } from '../../lambdas/store/usage-view.ts'
import { test } from '../support/fixtures.ts'
import { newParty, type Party } from '../support/party.ts'

let party: Party

test.beforeEach(async ({ table }) => {
  party = await newParty(table, { now: () => Date.parse('2027-03-10T09:00:00Z') })
})

const profile = { name: 'Acme', country: 'US', paymentMethod: 'credit-card', standing: 'good' }
const amounts = (effectiveAt: string, changes: object = {}) => ({
  effectiveAt,
  products: [{ product: 'build', meter: 'automation-autocad', perPeriod: 100, ...changes }],
})
const publish = (version: string, body: object) =>
  party.call('publishIncludedAmounts', { params: { version }, body })
const subscribe = (...subscriptions: object[]) => party.call('setSubscriptions', { body: { subscriptions } })
const forever = { product: 'build', count: 1, from: '2027-03-01' }

describe('included amounts', () => {
  test('come with notice, and a published version never changes', async () => {
    const soon = await publish('v1', amounts('2027-03-11T08:59:59Z'))
    expect([soon.status, soon.body.code]).toEqual([409, 'CATALOG_VERSION_TOO_SOON'])
    const first = await publish('v1', amounts('2027-03-11T09:00:00Z'))
    expect(first).toMatchObject({
      status: 201,
      body: { version: 'v1', warnings: [{ code: 'SHORT_NOTICE' }] },
    })
    expect((await publish('v1', amounts('2027-03-11T09:00:00Z'))).status).toBe(200)
    const changed = await publish('v1', amounts('2027-03-11T09:00:00Z', { perPeriod: 101 }))
    expect([changed.status, changed.body.code]).toEqual([409, 'CATALOG_VERSION_EXISTS'])
    expect((await publish('v2', amounts('2027-07-01T00:00:00Z'))).body.warnings).toEqual([])
  })

  test('are listed as they come, and row by row once they are in force', async () => {
    await publish('v1', amounts('2027-03-11T09:00:00Z'))
    await publish('v2', amounts('2027-04-01T00:00:00Z', { product: 'other', perPeriod: 5 }))
    const [first, second] = [
      { product: 'build', meter: 'automation-autocad', perPeriod: 100 },
      { product: 'other', meter: 'automation-autocad', perPeriod: 5 },
    ]
    const v1 = { version: 'v1', effectiveAt: '2027-03-11T09:00:00Z', products: [first] }
    const v2 = { version: 'v2', effectiveAt: '2027-04-01T00:00:00Z', products: [second] }
    const listAt = async (at: string) => {
      const { publications, ...rest } = (await party.call('getIncludedAmounts', { query: { at } })).body
      expect(publications).toMatchObject([{ version: 'v2' }, { version: 'v1' }])
      return rest
    }
    expect(await listAt('2027-03-10T09:00:00Z')).toEqual({ at: '2027-03-10T09:00:00Z', upcoming: [v1, v2] })
    expect(await listAt('2027-04-01T00:00:00Z')).toEqual({
      at: '2027-04-01T00:00:00Z',
      inForce: { ...v2, products: [first, second] },
      upcoming: [],
    })
  })

  test('name a meter that no rate card has: the answer points at the row', async () => {
    const answer = await publish('v1', amounts('2027-07-01T00:00:00Z', { meter: 'unknown' }))
    expect([answer.status, answer.body.errors]).toEqual([
      400,
      [{ pointer: '/products/0/meter', message: 'is not a meter of a rate card' }],
    ])
  })

  test('name a product and a meter twice: the request is refused', async () => {
    const { effectiveAt, products } = amounts('2027-07-01T00:00:00Z')
    const answer = await publish('v1', { effectiveAt, products: [...products, ...products] })
    expect([answer.status, answer.body.errors]).toEqual([
      400,
      [{ pointer: '/products', message: 'must not name a product and a meter twice' }],
    ])
  })
})

describe('subscriptions', () => {
  test('are not found for a team that does not exist', async () => {
    expect((await subscribe(forever)).status).toBe(404)
  })

  test('end on the last day of a month, and not before they begin', async () => {
    await party.call('registerTeam', { body: profile })
    expect((await subscribe({ ...forever, until: '2027-04-03' })).body.subscriptions).toEqual([
      { ...forever, until: '2027-04-30' },
    ])
    const wrong = await subscribe({ ...forever, until: '2027-02-28' })
    expect([wrong.status, wrong.body.errors]).toEqual([
      400,
      [{ pointer: '/subscriptions/0', message: 'must not be before from' }],
    ])
  })

  test('are set once, however often they are sent', async () => {
    await party.call('registerTeam', { body: profile })
    await subscribe(forever)
    const version = (await party.deps.operations.load('acme'))?.version
    await subscribe(forever)
    expect((await party.deps.operations.load('acme'))?.version).toBe(version)
  })

  test('back authorizations at once, at zero tokens', async ({ table }) => {
    await party.call('registerTeam', { body: profile })
    await party.call('registerApp', { body: { teamId: 'acme', name: 'Viewer' } })
    await publish('v1', amounts('2027-04-01T00:00:00Z'))
    await subscribe(forever)
    const april = await newParty(table, { now: () => Date.parse('2027-04-02T10:00:00Z') })
    await april.call('createHub', { body: { name: 'hub' } })
    await april.call('choosePlan', { body: { plan: 'paid' } })
    await april.call('moveApps', { body: { appIds: ['viewer'] } })
    const asked = { authorizationId: 'a1', appId: 'viewer', meter: 'automation-autocad' }
    const refused = await april.call('authorizeUsage', { body: { ...asked, quantity: 101 } })
    expect(refused.body).toMatchObject({ decision: 'deny', refusal: { code: 'TOKENS_EXHAUSTED' } })
    const allowed = await april.call('authorizeUsage', { body: { ...asked, quantity: 70 } })
    expect(allowed.body).toMatchObject({ decision: 'allow', fundedBy: 'included', remaining: 30 })
    const captured = await april.call('captureAuthorization', { body: { used: 70 } })
    expect(captured.body.charges).toEqual([])
    expect((await april.call('getBalance', {})).body.included).toEqual([
      { meter: 'automation-autocad', used: 70, limit: 100, remaining: 30 },
    ])
    const { entries } = (await april.call('listEntries', { query: { kind: 'capture' } })).body
    expect(entries).toMatchObject([{ quantity: 70, included: 70, funding: 'paid' }])
    await new UsageView(table, april.deps.journal).catchUp('acme', 1_000)
    const query = { from: '2027-04-01', to: '2027-04-30', groupBy: 'meter' }
    const { rows } = (await april.call('getUsage', { query })).body
    const use = { meter: 'automation-autocad', quantity: 70, included: 70, units: 0 }
    expect(rows).toEqual([{ ...use, tokens: 0, usdCents: 0 }])
  })
})
