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
  await foundAcme(party)
})

/** The answer's body, to look into. */
// biome-ignore lint/suspicious/noExplicitAny: an answer is looked into field by field
const onboarding = async (headers = {}): Promise<any> => {
  const { body } = await party.call('getOnboarding', { headers })
  // biome-ignore lint/suspicious/noExplicitAny: an answer is looked into field by field
  const { apps, refusals } = body as any
  // biome-ignore lint/suspicious/noExplicitAny: an answer is looked into field by field
  const withRefusal = ({ refusal, ...app }: any) =>
    refusal === undefined ? app : { ...app, refusal: refusals[refusal.index] }
  return { ...body, apps: apps.map(withRefusal) }
}

test('inviting members is a step that apps do not need, done with the second member', async () => {
  const stepOf = async (headers = {}) => (await onboarding(headers)).steps[2]
  expect(await stepOf()).toEqual({
    step: 'invite-members',
    done: false,
    optional: true,
    why: 'Nobody else is a member of the team yet.',
    todo: 'Invite those who work with you.',
  })
  expect((await stepOf({ 'accept-language': 'ja' })).todo).toBe('一緒に作業する人を招待してください。')
  for (const memberId of ['aoi', 'ren']) {
    expect((await stepOf()).done).toBe(false)
    const body = { email: `${memberId}@example.com`, role: 'admin' }
    await party.call('putMember', { params: { memberId }, body })
  }
  expect(await stepOf()).toEqual({ step: 'invite-members', done: true, optional: true })
})

test('an app that does not work is shown with the refusal that its calls get', async () => {
  await party.call('registerApp', { params: { appId: 'late' }, body: { teamId: 'acme', name: 'Late' } })
  const denied = await party.call('authorizeUsage', {
    body: { authorizationId: 'a', appId: 'late', meter: 'data-management', quantity: 1 },
  })
  const [late, viewer] = (await onboarding()).apps
  expect(late).toMatchObject({ appId: 'late', inHub: false, works: false, refusal: denied.body.refusal })
  expect(late.refusal.missing).toEqual([{ code: 'APP_NOT_IN_HUB' }])
  expect(viewer).toEqual({ appId: 'viewer', name: 'Viewer', inHub: true, works: true, limits: [] })
  await party.call('suspendTeam', { body: { reason: 'abuse' } })
  const [, suspended] = (await onboarding()).apps
  expect(suspended).toMatchObject({
    works: false,
    refusal: { code: 'TEAM_SUSPENDED', detail: 'An operator suspended this team: abuse' },
  })
})

test('before the deadline an app outside the hub works, until then', async () => {
  await party.call('registerApp', { params: { appId: 'late' }, body: { teamId: 'acme', name: 'Late' } })
  const body = { opensAt: '2025-12-08T00:00:00Z', deadlineAt: '2026-03-01T00:00:00Z', remindAt: [] }
  await party.call('putCampaign', { params: { campaignId: 'aps-2025' }, body })
  const [late] = (await onboarding()).apps
  expect(late).toMatchObject({ works: true, missing: ['APP_NOT_IN_HUB'], stopsAt: '2026-03-01T00:00:00Z' })
  expect(late).not.toHaveProperty('refusal')
})

test('an app shows its limits, with what it has used this month', async () => {
  const meter = 'automation-autocad'
  await party.call('limitApp', { body: { meter, perPeriod: 7_200 } })
  const ask = { authorizationId: 'a1', appId: 'viewer', meter, quantity: 720 }
  await party.call('authorizeUsage', { body: ask })
  await party.call('captureAuthorization', { body: { used: 100, final: true } })
  expect((await onboarding()).apps[0].limits).toEqual([{ meter, perPeriod: 7_200, used: 100 }])
  now = Date.parse('2026-03-01T00:00:00Z')
  expect((await onboarding()).apps[0].limits).toEqual([{ meter, perPeriod: 7_200, used: 0 }])
})

test('the reason why apps do not work is in the answer once, however many they are', async () => {
  const register = (index: number) =>
    party.call('registerApp', { params: { appId: `late-${index}` }, body: { teamId: 'acme', name: 'Late' } })
  for (let index = 0; index < 20; index++) await register(index)
  await party.call('suspendTeam', { body: { reason: 'abuse' } })
  const { body } = await party.call('getOnboarding', {})
  const { apps, refusals } = body as {
    apps: { refusal: { code: string; index: number } }[]
    refusals: { code: string }[]
  }
  expect(refusals.map(({ code }) => code).toSorted()).toEqual(['APP_NOT_IN_HUB', 'TEAM_SUSPENDED'])
  expect(apps).toHaveLength(21)
  expect(textsIn(body).filter((text, index, all) => text.length > 40 && all.indexOf(text) < index)).toEqual(
    [],
  )
  const codes = apps.map(({ refusal }) => refusals[refusal.index]?.code)
  expect(codes).toEqual(apps.map(({ refusal }) => refusal.code))
  expect(codes.filter((code) => code === 'TEAM_SUSPENDED')).toHaveLength(1)
})

/** All texts of an answer, in their order. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}

test('an onboarding that has not changed is answered without reading the apps and members', async () => {
  const { headers } = await party.call('getOnboarding', {})
  const sent = { headers: { 'if-none-match': String(headers.etag) } }
  const before = await meter.during(() => party.call('getOnboarding', {}))
  const { status } = await party.call('getOnboarding', sent)
  const after = await meter.during(() => party.call('getOnboarding', sent))
  expect([status, before.requests - after.requests]).toEqual([304, 2])
})
