import { describe, expect } from 'vitest'
import { row } from '../support/ask.ts'
import { type SetClock, test } from '../support/fixtures.ts'
import { foundAcme, type Party } from '../support/party.ts'

/* Prices, unrated APIs and countries are published ahead, listed with what comes, and take effect at their instant. */

const later = '2026-07-01T00:00:00Z'
const soon = '2026-02-21T09:59:59Z'
const list = { minimumTokens: 33, steps: [{ fromTokens: 33, unitPriceUsdCents: 310 }] }

const kinds = [
  {
    noun: 'price list',
    put: 'publishPriceList',
    get: 'getPriceLists',
    content: list,
    other: { ...list, minimumTokens: 34 },
  },
  {
    noun: 'list of unrated APIs',
    put: 'publishUnratedApis',
    get: 'getUnratedApis',
    content: { apis: ['viewer'] },
    other: { apis: ['issues'] },
  },
  {
    noun: 'list of countries',
    put: 'publishPayAsYouGoCountries',
    get: 'getPayAsYouGoCountries',
    content: { countries: ['US', 'BR'] },
    other: { countries: ['US'] },
  },
] as const

const at = (clock: SetClock, instant: string) => {
  clock.time = Date.parse(instant)
}
const codeOf = ({ status, body }: Awaited<ReturnType<Party['call']>>) => [status, body.code]

describe.each(kinds)('a $noun', ({ put, get, content, other }) => {
  const publish = (party: Party, version: string, body: object) =>
    party.call(put, { params: { version }, body })

  test('comes with notice, and never changes', async ({ party }) => {
    expect(codeOf(await publish(party, 'v', { effectiveAt: soon, ...content }))).toEqual([
      409,
      'CATALOG_VERSION_TOO_SOON',
    ])
    const inTime = { effectiveAt: '2026-02-21T10:00:00Z', ...content }
    const first = await publish(party, 'v', inTime)
    expect(first).toMatchObject({
      status: 201,
      body: { version: 'v', ...inTime, warnings: [{ code: 'SHORT_NOTICE' }] },
    })
    expect(await publish(party, 'v', inTime)).toMatchObject({ status: 200, body: first.body })
    expect(codeOf(await publish(party, 'v', { effectiveAt: '2026-02-21T10:00:00Z', ...other }))).toEqual([
      409,
      'CATALOG_VERSION_EXISTS',
    ])
    expect((await publish(party, 'w', { effectiveAt: later, ...content })).body.warnings).toEqual([])
  })

  test('is listed while it comes, and in force from its instant on', async ({ party, clock }) => {
    const launch = (await party.call(get, {})).body
    expect(launch).toMatchObject({ inForce: { version: '2025-12-08' }, upcoming: [] })
    await publish(party, 'v', { effectiveAt: later, ...content })
    const version = { version: 'v', effectiveAt: later, ...content }
    expect((await party.call(get, {})).body).toMatchObject({ inForce: launch.inForce, upcoming: [version] })
    at(clock, later)
    expect((await party.call(get, {})).body).toMatchObject({ at: later, inForce: version, upcoming: [] })
  })
})

const published = [
  ...kinds,
  {
    noun: 'list of included amounts',
    put: 'publishIncludedAmounts',
    get: 'getIncludedAmounts',
    content: { products: [{ product: 'build', meter: 'automation-autocad', perPeriod: 100 }] },
  },
  { noun: 'rate card', put: 'publishRateCard', get: 'getRateCard', content: { meters: [row()] } },
] as const

describe.each(published)('a published $noun', ({ put, get, content }) => {
  const params = { version: 'v' }
  const body = { effectiveAt: later, ...content, reason: 'New contract' }

  test('names its operator, time and reason, which are not its content', async ({ party, clock }) => {
    const claims = { scope: 'ops:admin', sub: 'mika' }
    const first = await party.call(put, { params, body, claims })
    expect(first.status).toBe(201)
    expect(first.body).not.toHaveProperty('reason')
    clock.time += 60_000
    const again = { params, body: { ...body, reason: 'Another' }, claims: { ...claims, sub: 'ren' } }
    expect((await party.call(put, again)).status).toBe(200)
    const publications = (await party.call(get, {})).body.publications as object[]
    expect(publications[0]).toEqual({
      version: 'v',
      effectiveAt: later,
      publishedAt: '2026-02-20T10:00:00Z',
      actor: { subject: 'mika' },
      reason: 'New contract',
    })
    expect(publications.slice(1).every((launch) => !('actor' in launch))).toBe(true)
  })

  test('is only checked by a preview', async ({ party }) => {
    const before = await party.call(get, {})
    const query = { preview: 'true' }
    const previewed = await party.call(put, { params, query, body })
    expect(previewed).toMatchObject({ status: 200, body: { version: 'v', warnings: [] } })
    expect(await party.call(get, {})).toEqual(before)
    const early = await party.call(put, { params, query, body: { ...body, effectiveAt: soon } })
    expect(early.status).toBe(409)
    expect((await party.call(put, { params, body })).body).toEqual(previewed.body)
  })
})

test('a new price list changes the smallest purchase and the price at its instant', async ({
  party,
  clock,
}) => {
  await foundAcme(party)
  await party.call('publishPriceList', { params: { version: 'v' }, body: { effectiveAt: later, ...list } })
  const buy = (purchaseId: string, tokens: number) =>
    party.call('purchaseTokens', { body: { purchaseId, tokens } })
  expect((await buy('few', 33)).body.errors).toMatchObject([{ pointer: '/tokens' }])
  at(clock, later)
  expect(await buy('few', 33)).toMatchObject({
    status: 201,
    body: { unitPriceUsdCents: 310, usdCents: 10_230 },
  })
  const { priceList, upcomingPriceLists } = (await party.call('getOffer', {})).body
  expect([priceList, upcomingPriceLists]).toMatchObject([{ version: 'v', minimumTokens: 33 }, []])
})

test('a price list must price its smallest purchase, with steps that rise', async ({ party }) => {
  const publish = (changes: object) =>
    party.call('publishPriceList', {
      params: { version: 'v' },
      body: { effectiveAt: later, ...list, ...changes },
    })
  const high = [{ fromTokens: 34, unitPriceUsdCents: 310 }]
  expect((await publish({ steps: high })).body.errors).toMatchObject([{ pointer: '/steps/0/fromTokens' }])
  expect((await publish({ steps: [...list.steps, ...list.steps] })).body.errors).toMatchObject([
    { pointer: '/steps' },
  ])
})

test('a country allows pay-as-you-go from its instant on', async ({ party, clock }) => {
  await foundAcme(party)
  await party.call('registerTeam', {
    body: { name: 'Acme', country: 'BR', paymentMethod: 'paypal', standing: 'good' },
  })
  const choose = () => party.call('choosePlan', { body: { plan: 'paid', payAsYouGo: true } })
  await party.call('publishPayAsYouGoCountries', {
    params: { version: 'v' },
    body: { effectiveAt: later, countries: ['BR'] },
  })
  expect(codeOf(await choose())).toEqual([409, 'PAY_AS_YOU_GO_NOT_ELIGIBLE'])
  at(clock, later)
  expect((await choose()).status).toBe(200)
})

describe('a list of unrated APIs', () => {
  const ask = (party: Party, authorizationId: string, meter: string) =>
    party.call('authorizeUsage', { body: { authorizationId, appId: 'viewer', meter, quantity: 1 } })

  test('makes a name known from its instant on, and ends what it leaves out', async ({ party, clock }) => {
    await foundAcme(party)
    await party.call('publishUnratedApis', {
      params: { version: 'v' },
      body: { effectiveAt: later, apis: ['new-api'] },
    })
    at(clock, '2026-06-30T23:59:59Z')
    expect(await ask(party, 'a1', 'viewer')).toMatchObject({ status: 200, body: { expiresAt: later } })
    at(clock, later)
    expect((await ask(party, 'a2', 'new-api')).body).toMatchObject({ decision: 'allow', fundedBy: 'unrated' })
    expect(await ask(party, 'a3', 'viewer')).toMatchObject({
      status: 400,
      body: { code: 'METER_ENDED', meters: [] },
    })
    // A known id is answered first.
    expect((await ask(party, 'a1', 'viewer')).body).toMatchObject({
      refusal: { code: 'AUTHORIZATION_CLOSED' },
    })
    expect((await party.call('getOffer', {})).body.unratedApis).toEqual(['new-api'])
  })

  test('cannot name what a card rates', async ({ party }) => {
    const publish = (...apis: string[]) =>
      party.call('publishUnratedApis', { params: { version: 'v' }, body: { effectiveAt: later, apis } })
    for (const name of ['automation', 'automation-autocad'])
      expect((await publish('viewer', name)).body.errors).toMatchObject([{ pointer: '/apis/1' }])
  })
})

describe('a meter that ends', () => {
  const publish = (party: Party, meters: readonly object[]) =>
    party.call('publishRateCard', { params: { version: 'v' }, body: { effectiveAt: later, meters } })

  test('needs only its name in the card, keeps its last price for late work, and names its API’s other meters', async ({
    party,
    clock,
  }) => {
    await foundAcme(party)
    const ended = await publish(party, [{ meter: 'automation-fusion', ended: true }])
    expect(ended).toMatchObject({
      status: 201,
      body: { ends: ['automation-fusion'], meters: [{ ended: true, unitSize: 1_200 }] },
    })
    expect((await publish(party, [{ meter: 'automation-fusion', ended: true }])).status).toBe(200)
    at(clock, '2026-06-30T23:30:00Z')
    const body = { authorizationId: 'a1', appId: 'viewer', meter: 'automation-fusion', quantity: 1_200 }
    expect((await party.call('authorizeUsage', { body })).body.expiresAt).toBe(later)
    at(clock, later)
    const { body: refused } = await party.call('authorizeUsage', { body: { ...body, authorizationId: 'a2' } })
    const others = ['autocad', 'inventor', 'revit', '3dsmax'].map((engine) => `automation-${engine}`)
    expect(refused).toMatchObject({ code: 'METER_ENDED', meters: others, errors: [{ pointer: '/meter' }] })
    const late = await party.call('captureAuthorization', { body: { used: 1_200 } })
    expect(late.body).toMatchObject({ late: true, charges: [{ source: 'flex', units: 1, tokens: 1 }] })
    expect((await party.call('getRateCard', {})).body.meters).toHaveLength(9)
  })

  test('must be rated by then', async ({ party }) => {
    const answer = await publish(party, [row(), { meter: 'nobody', ended: true }])
    expect([answer.status, answer.body.errors]).toMatchObject([400, [{ pointer: '/meters/1/meter' }]])
  })

  test('takes no limit of an app, but lifts one', async ({ party, clock }) => {
    await foundAcme(party)
    const limit = (perPeriod: number | null) =>
      party.call('limitApp', { body: { meter: 'automation-fusion', perPeriod } })
    expect((await limit(5)).status).toBe(200)
    await publish(party, [{ meter: 'automation-fusion', ended: true }])
    at(clock, later)
    expect(codeOf(await limit(6))).toEqual([400, 'METER_ENDED'])
    expect((await limit(null)).status).toBe(200)
  })
})
