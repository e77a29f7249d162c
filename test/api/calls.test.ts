import { describe, expect } from 'vitest'
import { callOverHttp } from '../scenarios/http-call.ts'
import type { Answer, Call } from '../scenarios/scenario-runner.ts'
import { test } from '../support/fixtures.ts'
import type { HttpRuntime } from '../support/http-runtime.ts'

/* Cases that the worked examples leave out, with one team per test, on one runtime whose clock does not move. */

let runtime: HttpRuntime
let call: Call

test.override('clockStart', '2027-03-10T09:00:00Z')
test.beforeAll(async ({ http }) => {
  runtime = http
  call = callOverHttp(runtime.url)
})

const hub = (team: string, method: string, path: string, body?: unknown) =>
  call(`hub:${team}`, method, `/v1/teams/${team}${path}`, body)
const ops = (method: string, path: string, body?: unknown) => call('ops', method, `/v1${path}`, body)
const meter = (method: string, path: string, body?: unknown) => call('meter', method, `/v1${path}`, body)

/** The answer's body, to look into. */
// biome-ignore lint/suspicious/noExplicitAny: an answer is looked into field by field
const bodyOf = ({ body }: Answer): any => body

const good = { country: 'US', paymentMethod: 'credit-card', standing: 'good' }

async function newTeam(team: string, plan?: object): Promise<void> {
  await ops('PUT', `/teams/${team}`, { name: team, ...good })
  await ops('PUT', `/apps/${team}-app`, { teamId: team, name: `${team} app` })
  if (plan === undefined) return
  await hub(team, 'PUT', '/hub', { name: 'hub' })
  await hub(team, 'POST', '/hub/apps', { appIds: [`${team}-app`] })
  expect((await hub(team, 'PUT', '/plan', plan)).status).toBe(200)
}

const event = (team: string, id: string, quantity: number, time = '2027-03-10T09:00:00Z') => ({
  specversion: '1.0',
  type: 'aps.usage.v1',
  source: `urn:test:${team}`,
  id,
  subject: `${team}-app`,
  time,
  data: { meter: 'automation-autocad', quantity },
})

/** The usage of the team `sums` of a day as CSV, as a role reads it. */
async function csvAs(role: string): Promise<string> {
  const tokens = await fetch(`${runtime.url}/local/tokens`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ scopes: ['hub:read'], team: 'sums', role }),
  })
  const { token } = (await tokens.json()) as { token: string }
  const csv = await fetch(
    `${runtime.url}/v1/teams/sums/usage?from=2027-03-10&to=2027-03-10&groupBy=day,app`,
    { headers: { authorization: `Bearer ${token}`, accept: 'text/csv' } },
  )
  expect(csv.headers.get('content-type')).toContain('text/csv')
  return csv.text()
}

describe('usage', () => {
  test('is summed by what is asked, as JSON and as CSV', async () => {
    await newTeam('sums', { plan: 'paid', payAsYouGo: true })
    const events = [
      event('sums', '1', 720),
      event('sums', '2', 30),
      event('sums', '3', 5, '2027-03-09T23:59:59Z'),
    ]
    await meter('POST', '/usage', events)
    const rows = async (groupBy: string) =>
      bodyOf(await hub('sums', 'GET', `/usage?from=2027-03-01&to=2027-03-31&groupBy=${groupBy}`)).rows
    // The view follows the stream.
    await expect
      .poll(() => rows('day'))
      .toEqual([
        { day: '2027-03-09', quantity: 5, units: 0, tokens: 0, usdCents: 0 },
        { day: '2027-03-10', quantity: 750, units: 1, tokens: 0, usdCents: 300 },
      ])
    expect(await rows('app,meter')).toEqual([
      { app: 'sums-app', meter: 'automation-autocad', quantity: 755, units: 1, tokens: 0, usdCents: 300 },
    ])
    expect(await csvAs('admin')).toBe(
      'day,app,quantity,units,tokens,usdCents\r\n2027-03-10,sums-app,750,1,0,300\r\n',
    )
    expect(await csvAs('developer')).toBe('day,app,quantity,units,tokens\r\n2027-03-10,sums-app,750,1,0\r\n')
  })
})

describe('the statement', () => {
  test('is read page by page, newest first, each entry once', async () => {
    await newTeam('pages', { plan: 'paid', payAsYouGo: true })
    await meter(
      'POST',
      '/usage',
      Array.from({ length: 7 }, (_, n) => event('pages', `e${n}`, 720)),
    )
    const versions: number[] = []
    let cursor: string | undefined
    do {
      const path = `/entries?limit=4${cursor === undefined ? '' : `&cursor=${cursor}`}`
      const page = bodyOf(await hub('pages', 'GET', path))
      versions.push(...page.entries.map((entry: { version: number }) => entry.version))
      cursor = page.cursor
    } while (cursor !== undefined)
    expect(versions).toEqual(versions.map((_, index) => versions.length - index))
    expect(versions).toHaveLength(11)
  })
})

describe('onboarding', () => {
  test('says what is missing, until everything works', async () => {
    await newTeam('steps')
    const state = async () => {
      const { steps, apps } = bodyOf(await hub('steps', 'GET', '/onboarding'))
      const done = steps.map(({ step, done }: { step: string; done: boolean }) => `${step} ${done}`)
      return { done, app: apps[0], first: steps[0] }
    }
    const before = await state()
    expect(before.done).toEqual([
      'choose-plan false',
      'create-hub false',
      'invite-members false',
      'register-app true',
      'move-apps false',
    ])
    expect(before.app).toEqual({
      appId: 'steps-app',
      name: 'steps app',
      inHub: false,
      works: false,
      missing: ['APP_NOT_IN_HUB', 'NO_PLAN'],
      stopsAt: '2026-01-17T00:00:00Z',
      refusal: { code: 'APP_NOT_IN_HUB', index: 0 },
      limits: [],
    })
    expect(before.first).toMatchObject({ why: expect.any(String), todo: expect.any(String) })
    expect(bodyOf(await hub('steps', 'POST', '/hub/apps', { appIds: ['steps-app'] }))).toMatchObject({
      code: 'HUB_REQUIRED',
    })
    await hub('steps', 'PUT', '/hub', { name: 'ours' })
    const moved = bodyOf(
      await hub('steps', 'POST', '/hub/apps', { appIds: ['steps-app', 'sums-app', 'nobody'] }),
    )
    expect(moved.apps.map(({ status }: { status: string }) => status)).toEqual([
      'moved',
      'rejected',
      'rejected',
    ])
    expect(bodyOf(await hub('steps', 'POST', '/hub/apps', { appIds: ['steps-app'] })).apps[0].status).toBe(
      'already-there',
    )
    await hub('steps', 'PUT', '/plan', { plan: 'free' })
    const after = await state()
    expect(after.done).toEqual([
      'choose-plan true',
      'create-hub true',
      'invite-members false',
      'register-app true',
      'move-apps true',
    ])
    expect(after.app).toEqual({
      appId: 'steps-app',
      name: 'steps app',
      inHub: true,
      works: true,
      limits: [],
    })
  })
})

describe('plans and tokens', () => {
  test('free and pay-as-you-go do not go together', async () => {
    await newTeam('plans')
    const answer = await hub('plans', 'PUT', '/plan', { plan: 'free', payAsYouGo: true })
    expect(answer.status).toBe(400)
    expect(bodyOf(answer).errors).toMatchObject([{ pointer: '/payAsYouGo' }])
  })

  test('a change to free waits for the next period, shows, and can be taken back', async () => {
    await newTeam('waits', { plan: 'paid' })
    expect(bodyOf(await hub('waits', 'PUT', '/plan', { plan: 'free' })).effectiveAt).toBe(
      '2027-04-01T00:00:00Z',
    )
    expect(bodyOf(await hub('waits', 'GET', '/balance'))).toMatchObject({
      plan: 'paid',
      nextPlan: { plan: 'free', effectiveAt: '2027-04-01T00:00:00Z' },
    })
    await hub('waits', 'PUT', '/plan', { plan: 'paid' })
    expect(bodyOf(await hub('waits', 'GET', '/balance'))).not.toHaveProperty('nextPlan')
  })

  test('too few tokens name the smallest purchase; one id is one purchase', async () => {
    await newTeam('buys', { plan: 'paid' })
    const few = await hub('buys', 'POST', '/token-purchases', { purchaseId: 'p', tokens: 99 })
    expect(few.status).toBe(400)
    expect(bodyOf(few).errors).toEqual([{ pointer: '/tokens', message: expect.stringContaining('100') }])
    const first = await hub('buys', 'POST', '/token-purchases', { purchaseId: 'p', tokens: 5_000 })
    expect(bodyOf(first)).toMatchObject({ unitPriceUsdCents: 285, usdCents: 1_425_000 })
    expect(bodyOf(await hub('buys', 'POST', '/token-purchases', { purchaseId: 'p', tokens: 5_000 }))).toEqual(
      bodyOf(first),
    )
    // Also fewer than have a price.
    for (const tokens of [100, 99, 1]) {
      const other = await hub('buys', 'POST', '/token-purchases', { purchaseId: 'p', tokens })
      expect([other.status, bodyOf(other).code]).toEqual([409, 'IDEMPOTENCY_CONFLICT'])
    }
  })

  test('without a payment method nothing is sold', async () => {
    await ops('PUT', '/teams/poor', { name: 'poor', ...good, paymentMethod: 'none' })
    expect(bodyOf(await hub('poor', 'POST', '/token-purchases', { purchaseId: 'p', tokens: 100 })).code).toBe(
      'PAYMENT_METHOD_REQUIRED',
    )
    const eligible = bodyOf(await hub('poor', 'PUT', '/plan', { plan: 'paid', payAsYouGo: true }))
    expect(eligible).toMatchObject({
      code: 'PAY_AS_YOU_GO_NOT_ELIGIBLE',
      detail: expect.stringMatching(/payment method/i),
    })
  })
})

describe('operators', () => {
  test('an adjustment counts once: tokens as a lot, money on the next bill', async () => {
    await newTeam('adjusts', { plan: 'paid', payAsYouGo: true })
    const tokens = { adjustmentId: 'a1', tokens: 3, reason: 'outage' }
    await ops('POST', '/teams/adjusts/adjustments', tokens)
    await ops('POST', '/teams/adjusts/adjustments', tokens)
    await ops('POST', '/teams/adjusts/adjustments', { adjustmentId: 'a2', usdCents: 100, reason: 'goodwill' })
    expect(bodyOf(await hub('adjusts', 'GET', '/balance'))).toMatchObject({
      flex: { tokens: 3 },
      payAsYouGo: { creditUsdCents: 100 },
    })
    const conflict = await ops('POST', '/teams/adjusts/adjustments', { ...tokens, tokens: 4 })
    expect([conflict.status, bodyOf(conflict).code]).toEqual([409, 'IDEMPOTENCY_CONFLICT'])
    expect((await ops('POST', '/teams/nobody/adjustments', tokens)).status).toBe(404)
  })

  test('a rate card comes with notice, never changes, and leaves the meters that it does not name', async () => {
    const row = {
      meter: 'reality-capture',
      api: 'reality-capture',
      baseUnit: 'photos',
      unitSize: 40,
      tokensPerUnit: 1.5,
      usdCentsPerUnit: 450,
      freePerPeriod: 200,
    }
    const card = (effectiveAt: string, unitSize = 40) => ({ effectiveAt, meters: [{ ...row, unitSize }] })
    expect(bodyOf(await ops('PUT', '/rate-cards/soon', card('2027-03-11T08:59:59Z'))).code).toBe(
      'RATE_CARD_TOO_SOON',
    )
    const short = await ops('PUT', '/rate-cards/next', card('2027-03-11T09:00:00Z'))
    expect([short.status, bodyOf(short).warnings[0].code]).toEqual([201, 'RATE_CARD_SHORT_NOTICE'])
    expect((await ops('PUT', '/rate-cards/next', card('2027-03-11T09:00:00Z'))).status).toBe(200)
    expect(bodyOf(await ops('PUT', '/rate-cards/next', card('2027-03-11T09:00:00Z', 30))).code).toBe(
      'RATE_CARD_EXISTS',
    )
    const at = bodyOf(await ops('GET', '/rate-cards?at=2027-03-11T09:00:00Z')).meters
    expect(at).toHaveLength(10)
    expect(at.find(({ meter }: { meter: string }) => meter === 'reality-capture')).toMatchObject({
      unitSize: 40,
      tokensPerUnit: 1.5,
    })
    expect(
      bodyOf(await ops('GET', '/rate-cards')).meters.find(
        ({ meter }: { meter: string }) => meter === 'reality-capture',
      ),
    ).toMatchObject({ unitSize: 50 })
    expect(bodyOf(await ops('GET', '/rate-cards?at=2025-12-07T23:59:59Z')).meters).toEqual([])
  })

  test('an app stays with its team', async () => {
    await newTeam('owner')
    await newTeam('other')
    const taken = await ops('PUT', '/apps/owner-app', { teamId: 'other', name: 'mine' })
    expect([taken.status, bodyOf(taken).code]).toEqual([409, 'APP_OF_ANOTHER_TEAM'])
    expect((await ops('PUT', '/apps/lost', { teamId: 'no-such-team', name: 'x' })).status).toBe(400)
  })

  test('a deadline that is moved holds for the very next call', async () => {
    await newTeam('late')
    const ask = (id: string) =>
      meter('POST', '/authorizations', {
        authorizationId: `late-${id}`,
        appId: 'late-app',
        meter: 'data-management',
        quantity: 1,
      })
    const campaign = (deadlineAt: string) =>
      ops('PUT', '/campaigns/aps-2025', { opensAt: '2025-12-08T00:00:00Z', deadlineAt, remindAt: [] })
    expect(bodyOf(await ask('1')).refusal.code).toBe('APP_NOT_IN_HUB')
    await campaign('2027-06-01T00:00:00Z')
    expect(bodyOf(await ask('1'))).toMatchObject({
      decision: 'allow',
      warnings: [{ code: 'GRACE_PERIOD', until: '2027-06-01T00:00:00Z' }],
    })
    await campaign('2027-03-10T09:00:00Z')
    expect(bodyOf(await ask('2')).refusal.code).toBe('APP_NOT_IN_HUB')
    await campaign('2026-01-17T00:00:00Z')
  })
})

test('a refusal and its cure are said in the caller’s language', async () => {
  const { token } = (await (
    await fetch(`${runtime.url}/local/tokens`, {
      method: 'POST',
      body: JSON.stringify({ scopes: ['aps:meter'] }),
      headers: { 'content-type': 'application/json' },
    })
  ).json()) as { token: string }
  const answer = await fetch(`${runtime.url}/v1/authorizations`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'accept-language': 'ja-JP,ja;q=0.9',
    },
    body: JSON.stringify({ authorizationId: 'ja-1', appId: 'nobody', meter: 'data-management', quantity: 1 }),
  })
  expect(answer.headers.get('content-language')).toBe('ja')
  expect(await answer.json()).toMatchObject({
    refusal: { code: 'UNKNOWN_APP', title: 'アプリが見つかりません', missing: [{ code: 'UNKNOWN_APP' }] },
  })
})
