import { expect } from 'vitest'
import { test } from '../support/fixtures.ts'
import { foundAcme, newParty, type Party } from '../support/party.ts'

let party: Party
let now: number

test.beforeEach(async ({ table }) => {
  now = Date.parse('2026-02-20T10:00:00Z')
  party = await newParty(table, { now: () => now })
  await foundAcme(party)
})

/** The answer's body, to look into. */
// biome-ignore lint/suspicious/noExplicitAny: an answer is looked into field by field
const onboarding = async (headers = {}): Promise<any> => (await party.call('getOnboarding', { headers })).body

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
