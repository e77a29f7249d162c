import { describe, expect } from 'vitest'
import { test } from '../support/fixtures.ts'
import { foundAcme, newParty, type Party } from '../support/party.ts'

let party: Party
let now: number

test.beforeEach(async ({ table }) => {
  now = Date.parse('2026-02-20T10:00:00Z')
  party = await newParty(table, { now: () => now })
})

/** The answer's body, to look into. */
// biome-ignore lint/suspicious/noExplicitAny: an answer is looked into field by field
const get = async (operationId: string): Promise<any> => (await party.call(operationId, {})).body

describe('the offer', () => {
  test('is the launch card, price list, conditions and campaign; caches may keep it a minute', async () => {
    const { status, headers, body } = await party.call('getOffer', { claims: null })
    expect([status, headers['cache-control']]).toEqual([200, 'public, max-age=60'])
    expect(body).toMatchObject({
      at: '2026-02-20T10:00:00Z',
      rateCard: { version: '2025-12-08', effectiveAt: '2025-12-08T00:00:00Z' },
      upcoming: [],
      priceList: { version: '2025-12-08', minimumTokens: 100, unverified: true },
      payAsYouGo: { paymentMethods: ['credit-card', 'paypal'] },
      campaign: {
        campaignId: 'aps-2025',
        opensAt: '2025-12-08T00:00:00Z',
        deadlineAt: '2026-01-17T00:00:00Z',
        remindAt: ['03', '10', '14', '16'].map((day) => `2026-01-${day}T00:00:00Z`),
        links: [],
      },
    })
    const { rateCard, priceList, payAsYouGo, unratedApis } = await get('getOffer')
    expect(rateCard.meters).toHaveLength(10)
    expect(rateCard.meters[0]).toEqual({
      meter: 'automation-autocad',
      api: 'automation',
      baseUnit: 'seconds',
      unitSize: 720,
      tokensPerUnit: 1,
      usdCentsPerUnit: 300,
      freePerPeriod: 18_000,
      freeLimitStops: 'api',
      unverified: false,
    })
    expect(priceList.steps[1]).toEqual({ fromTokens: 5_000, unitPriceUsdCents: 285 })
    expect(payAsYouGo.countries).toHaveLength(37)
    expect(unratedApis).toContain('data-management')
  })

  test('before the first card is that card, and nothing besides it is to come', async () => {
    now = Date.parse('2025-12-07T23:59:59Z')
    const { rateCard, upcoming } = await get('getOffer')
    expect([rateCard.version, rateCard.meters.length, upcoming]).toEqual(['2025-12-08', 10, []])
  })

  test('shows what a used-up free amount stops, which a later card keeps, in whatever order cards come', async () => {
    const row = {
      meter: 'reality-capture',
      api: 'reality-capture',
      baseUnit: 'photos',
      unitSize: 40,
      tokensPerUnit: 1.5,
      usdCentsPerUnit: 450,
      freePerPeriod: 200,
    }
    const publish = (version: string, effectiveAt: string, freeLimitStops?: 'meter' | 'api') =>
      party.call('publishRateCard', {
        params: { version },
        body: { effectiveAt, meters: [{ ...row, freeLimitStops }] },
      })
    const stopsAt = async (at: string) => {
      const { body } = await party.call('getRateCard', { query: { at } })
      return (body.meters as { freeLimitStops?: string }[]).at(-1)?.freeLimitStops
    }
    await publish('july', '2026-07-01T00:00:00Z')
    expect(await stopsAt('2026-07-01T00:00:00Z')).toBe('api')
    const june = await publish('june', '2026-06-01T00:00:00Z', 'meter')
    expect(june).toMatchObject({ status: 201, body: { meters: [{ freeLimitStops: 'meter' }] } })
    expect(await stopsAt('2026-05-31T23:59:59Z')).toBe('api')
    expect(await stopsAt('2026-06-01T00:00:00Z')).toBe('meter')
    expect(await stopsAt('2026-07-01T00:00:00Z')).toBe('meter')
    expect((await publish('july', '2026-07-01T00:00:00Z')).status).toBe(200)
    expect((await publish('july', '2026-07-01T00:00:00Z', 'meter')).status).toBe(409)
    const { upcoming } = await get('getOffer')
    expect(upcoming.map(({ meters }: { meters: object[] }) => meters)).toEqual([
      [{ ...row, freeLimitStops: 'meter', unverified: false }],
      [{ ...row, unverified: false }],
    ])
    now = Date.parse('2026-07-01T00:00:00Z')
    expect((await get('getOffer')).rateCard.meters.at(-1)).toMatchObject({ freeLimitStops: 'meter' })
  })

  test('names a coming card apart, and merges it from its first instant on', async () => {
    const row = {
      meter: 'reality-capture',
      api: 'reality-capture',
      baseUnit: 'photos',
      unitSize: 40,
      tokensPerUnit: 1.5,
      usdCentsPerUnit: 450,
      freePerPeriod: 200,
    }
    const body = { effectiveAt: '2026-06-01T00:00:00Z', meters: [row] }
    await party.call('publishRateCard', { params: { version: 'june' }, body })
    const before = await get('getOffer')
    expect([before.rateCard.version, before.rateCard.meters.length]).toEqual(['2025-12-08', 10])
    expect(before.upcoming).toEqual([
      {
        version: 'june',
        effectiveAt: '2026-06-01T00:00:00Z',
        meters: [{ ...row, unverified: false }],
      },
    ])
    now = Date.parse('2026-06-01T00:00:00Z')
    const { rateCard, upcoming } = await get('getOffer')
    expect([rateCard.version, rateCard.meters.length, upcoming]).toEqual(['june', 10, []])
    expect(rateCard.meters.at(-1)).toEqual({ ...row, freeLimitStops: 'api', unverified: false })
  })

  test('leads to the help and events of the campaign, which stay when its deadline moves', async () => {
    const dates = { opensAt: '2025-12-08T00:00:00Z', deadlineAt: '2025-12-30T00:00:00Z', remindAt: [] }
    const title = { en: 'Webinar', ja: 'ウェビナー' }
    const links = [{ kind: 'event', title, url: 'https://example.com/live', at: '2026-03-01T08:00:00Z' }]
    const params = { campaignId: 'with-links' }
    const put = (body: object) => party.call('putCampaign', { params, body })
    expect((await put({ ...dates, links })).body.links).toEqual(links)
    expect((await put({ ...dates, deadlineAt: '2025-12-29T00:00:00Z' })).body.links).toEqual(links)
    for (const url of [
      'http://example.com/',
      'javascript:alert(1)',
      'https://user@example.com/',
      'https://a b/',
    ])
      expect((await put({ ...dates, links: [{ kind: 'help', title, url }] })).status).toBe(400)
    expect((await put({ ...dates, links: [] })).body.links).toEqual([])
  })

  test('names the campaign whose deadline comes first', async () => {
    const body = { opensAt: '2025-01-01T00:00:00Z', deadlineAt: '2025-06-01T00:00:00Z', remindAt: [] }
    await party.call('putCampaign', { params: { campaignId: 'early' }, body })
    expect((await get('getOffer')).campaign.campaignId).toBe('early')
  })
})

describe('a team', () => {
  test('is shown with its hub and what pay-as-you-go asks of it', async () => {
    await foundAcme(party)
    expect(await get('getTeam')).toEqual({
      teamId: 'acme',
      name: 'Acme',
      country: 'US',
      paymentMethod: 'credit-card',
      standing: 'good',
      hub: { name: 'Hub' },
      subscriptions: [],
      payAsYouGo: {
        eligible: true,
        conditions: [
          { condition: 'country', met: true },
          { condition: 'payment-method', met: true },
          { condition: 'standing', met: true },
        ],
      },
    })
  })

  test('says which conditions fail, and why it is suspended', async () => {
    const body = { name: 'Acme', country: 'BR', paymentMethod: 'none', standing: 'bad' }
    await party.call('registerTeam', { body })
    await party.call('suspendTeam', { body: { reason: 'abuse' } })
    const team = await get('getTeam')
    expect(team).not.toHaveProperty('hub')
    expect(team.suspension).toEqual({ reason: 'abuse' })
    expect(team.payAsYouGo.eligible).toBe(false)
    expect(team.payAsYouGo.conditions.map(({ met }: { met: boolean }) => met)).toEqual([false, false, false])
  })

  test('that does not exist is not found', async () => {
    for (const operationId of ['getTeam', 'listMembers', 'removeMember'])
      expect((await party.call(operationId, {})).status).toBe(404)
    const body = { email: 'a@example.com', role: 'admin' }
    expect((await party.call('putMember', { body })).status).toBe(404)
  })
})

describe('members', () => {
  const profile = { name: 'Acme', country: 'US', paymentMethod: 'none', standing: 'good' }
  const admin = { memberId: 'aoi', email: 'Aoi@Example.com' }
  const put = (memberId: string, email: string, role: string) =>
    party.call('putMember', { params: { memberId }, body: { email, role } })

  test('begin with the admin that an operator names, and are listed with lower-case addresses', async () => {
    expect((await party.call('registerTeam', { body: { ...profile, admin } })).status).toBe(200)
    const { status, body } = await put('sora', 'Sora@example.com', 'developer')
    const sora = { memberId: 'sora', email: 'sora@example.com', role: 'developer' }
    expect([status, body]).toEqual([200, { ...sora, state: 'invited', since: '2026-02-20T10:00:00Z' }])
    expect((await get('listMembers')).members).toMatchObject([
      { memberId: 'aoi', email: 'aoi@example.com', role: 'admin', since: '2026-02-20T10:00:00Z' },
      sora,
    ])
  })

  test('are refused by name: a second of one address, and the last admin who goes', async () => {
    await party.call('registerTeam', { body: { ...profile, admin } })
    expect(await put('other', 'AOI@example.com', 'admin')).toMatchObject({
      status: 409,
      body: { code: 'MEMBER_EXISTS' },
    })
    const refusal = await party.call('removeMember', {
      params: { memberId: 'aoi' },
      headers: { 'accept-language': 'ja' },
    })
    expect(refusal).toMatchObject({ status: 409, body: { code: 'LAST_ADMIN', title: '最後の管理者です' } })
    expect(await put('aoi', 'aoi@example.com', 'developer')).toMatchObject({ body: { code: 'LAST_ADMIN' } })
    await put('ren', 'ren@example.com', 'admin')
    expect((await party.call('removeMember', { params: { memberId: 'aoi' } })).status).toBe(204)
    expect((await party.call('removeMember', { params: { memberId: 'aoi' } })).status).toBe(204)
  })

  test('an invalid address is refused, also for an operator', async () => {
    const bad = await party.call('registerTeam', { body: { ...profile, admin: { ...admin, email: 'aoi' } } })
    expect([bad.status, bad.body.errors]).toMatchObject([400, [{ pointer: '/admin/email' }]])
    expect((await put('sora', 'sora@', 'developer')).body.errors).toMatchObject([{ pointer: '/email' }])
    expect((await party.call('getTeam', {})).status).toBe(404)
  })

  test('an operator who names a taken address changes nothing', async () => {
    await party.call('registerTeam', { body: { ...profile, admin } })
    const again = { memberId: 'second', email: 'aoi@example.com' }
    const answer = await party.call('registerTeam', { body: { ...profile, name: 'New', admin: again } })
    expect(answer).toMatchObject({ status: 409, body: { code: 'MEMBER_EXISTS' } })
    expect((await get('getTeam')).name).toBe('Acme')
  })
})
