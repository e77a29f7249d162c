import { describe, expect } from 'vitest'
import { RequestMeter } from '../../bench/request-meter.ts'
import { test } from '../support/fixtures.ts'
import { foundAcme, newParty, type Party } from '../support/party.ts'

/* A preview is the call itself, up to the commit. */

let party: Party
let meter: RequestMeter
let now: number

test.beforeEach(async ({ table }) => {
  now = Date.parse('2026-02-20T10:00:00Z')
  meter = new RequestMeter(table)
  party = await newParty(meter.table, { now: () => now })
})

const profile = { name: 'Acme', country: 'US', paymentMethod: 'credit-card', standing: 'good' }
const query = { preview: 'true' }

/** Previews, and expects that nothing is written by it. */
// biome-ignore lint/suspicious/noExplicitAny: an answer is looked into field by field
async function preview(operationId: string, body: object): Promise<any> {
  const version = (await party.deps.operations.load('acme'))?.version
  let answer: unknown
  const { writeUnits } = await meter.during(async () => {
    answer = await party.call(operationId, { body, query })
  })
  expect(writeUnits).toBe(0)
  expect((await party.deps.operations.load('acme'))?.version).toBe(version)
  return answer
}

/** One job beyond what could be paid: two charged units of it are shortfall. */
async function fallShort(): Promise<void> {
  await party.call('registerTeam', { body: profile })
  await party.call('registerApp', { body: { teamId: 'acme', name: 'Viewer' } })
  await party.call('choosePlan', { body: { plan: 'paid' } })
  const event = {
    specversion: '1.0',
    type: 'aps.usage.v1',
    source: 'urn:test',
    id: 'e1',
    subject: 'viewer',
    time: '2026-02-20T10:00:00Z',
    data: { meter: 'model-derivative-complex-job', quantity: 4 },
  }
  expect((await party.call('recordUsage', { body: [event] })).body).toMatchObject({
    results: [{ charges: [{ source: 'shortfall', units: 2 }] }],
  })
}

describe('a plan', () => {
  test('from none to paid: at once, and what is refused before and after', async () => {
    await party.call('registerTeam', { body: profile })
    const { status, body } = await preview('choosePlan', { plan: 'paid' })
    expect([status, body.plan, body.payAsYouGo]).toEqual([200, 'paid', false])
    expect(body).not.toHaveProperty('effectiveAt')
    expect(body.preview).toMatchObject({
      from: { plan: 'none', payAsYouGo: false },
      effectiveAt: '2026-02-20T10:00:00Z',
      paysShortfall: [],
      refusedNow: [{ code: 'NO_PLAN', missing: [{ code: 'NO_PLAN' }] }],
    })
    const codes = body.preview.refusedThen.map(({ code }: { code: string }) => code)
    expect([codes.length, new Set(codes)]).toEqual([10, new Set(['TOKENS_EXHAUSTED'])])
    expect((await preview('choosePlan', { plan: 'free' })).body.preview.refusedThen).toEqual([])
  })

  test('from paid to free: with the next month, and as it will be then', async () => {
    await foundAcme(party)
    const { body } = await preview('choosePlan', { plan: 'free' })
    expect(body.effectiveAt).toBe('2026-03-01T00:00:00Z')
    expect(body.preview).toEqual({
      from: { plan: 'paid', payAsYouGo: false },
      effectiveAt: '2026-03-01T00:00:00Z',
      paysShortfall: [],
      refusedNow: [],
      refusedThen: [],
    })
    const { preview: _, ...rest } = body
    expect((await party.call('choosePlan', { body: { plan: 'free' } })).body).toEqual(rest)
  })

  test('that pays shortfall says so, and is what the change then does', async () => {
    await fallShort()
    const { body } = await preview('choosePlan', { plan: 'paid', payAsYouGo: true })
    expect(body.preview).toMatchObject({
      paysShortfall: [{ source: 'pay-as-you-go', units: 2, usdCents: 1_800 }],
      refusedNow: [{ code: 'SHORTFALL_DUE' }],
      refusedThen: [],
    })
    await party.call('choosePlan', { body: { plan: 'paid', payAsYouGo: true } })
    const balance = (await party.call('getBalance', {})).body
    expect(balance).toMatchObject({ shortfall: [], refused: [], payAsYouGo: { usdCents: 1_800 } })
  })

  test('that is in force already changes nothing', async () => {
    await foundAcme(party)
    const { body } = await preview('choosePlan', { plan: 'paid' })
    expect(body.preview).toMatchObject({ from: { plan: 'paid' }, effectiveAt: '2026-02-20T10:00:00Z' })
  })

  test('that would be refused is refused in the preview too, and an invalid one is a 400', async () => {
    await party.call('registerTeam', { body: { ...profile, country: 'BR' } })
    const refused = await preview('choosePlan', { plan: 'paid', payAsYouGo: true })
    expect([refused.status, refused.body.code]).toEqual([409, 'PAY_AS_YOU_GO_NOT_ELIGIBLE'])
    expect((await preview('choosePlan', { plan: 'free', payAsYouGo: true })).status).toBe(400)
    const unclear = await party.call('choosePlan', { body: { plan: 'free' }, query: { preview: 'yes' } })
    expect(unclear.body.errors).toMatchObject([{ pointer: '/query/preview' }])
    const nobody = { body: { plan: 'free' }, params: { teamId: 'nobody' }, query }
    const claims = { scope: 'hub:write', team: 'nobody', role: 'admin' }
    expect((await party.call('choosePlan', { ...nobody, claims })).status).toBe(404)
  })
})

describe('a purchase', () => {
  test('shows price, expiry and what it would pay first, and is then made so', async () => {
    await fallShort()
    const { status, body } = await preview('purchaseTokens', { purchaseId: 'p', tokens: 100 })
    expect(status).toBe(200)
    expect(body).toEqual({
      purchaseId: 'p',
      tokens: 100,
      unitPriceUsdCents: 300,
      usdCents: 30_000,
      status: 'preview',
      lot: {
        lotId: 'p',
        tokens: 100,
        remaining: 100,
        purchasedAt: '2026-02-20T10:00:00Z',
        expiresAt: '2027-02-21T00:00:00Z',
      },
      paysShortfall: [
        { source: 'flex', meter: 'model-derivative-complex-job', units: 2, tokens: 6, lotId: 'p' },
      ],
    })
    const bought = await party.call('purchaseTokens', { body: { purchaseId: 'p', tokens: 100 } })
    const { paysShortfall: _, ...rest } = body
    expect([bought.status, bought.body]).toEqual([201, { ...rest, status: 'granted' }])
    expect((await party.call('getBalance', {})).body).toMatchObject({ flex: { tokens: 94 }, shortfall: [] })
  })

  test('that is refused is refused, and one that is made already is shown as made', async () => {
    await party.call('registerTeam', { body: { ...profile, paymentMethod: 'none' } })
    const refused = await preview('purchaseTokens', { purchaseId: 'p', tokens: 100 })
    expect(refused.body.code).toBe('PAYMENT_METHOD_REQUIRED')
    const few = await preview('purchaseTokens', { purchaseId: 'p', tokens: 99 })
    expect([few.status, few.body.errors[0].pointer]).toEqual([400, '/tokens'])
    await party.call('registerTeam', { body: profile })
    await party.call('purchaseTokens', { body: { purchaseId: 'p', tokens: 100 } })
    const known = await preview('purchaseTokens', { purchaseId: 'p', tokens: 100 })
    expect([known.status, known.body.status]).toEqual([201, 'granted'])
    const other = await preview('purchaseTokens', { purchaseId: 'p', tokens: 200 })
    expect(other.body.code).toBe('IDEMPOTENCY_CONFLICT')
  })
})
