import { expect } from 'vitest'
import { test } from '../support/fixtures.ts'
import { foundAcme } from '../support/party.ts'

/* Campaigns, for operators: the list, a preview of a change, and changes by two operators. */

test('lists each campaign with the steps of its progress, the one that opens last first, and the open work once', async ({
  party,
}) => {
  await foundAcme(party)
  await party.call('registerApp', { params: { appId: 'other' }, body: { teamId: 'acme', name: 'Other' } })
  const put = (campaignId: string, body: object) =>
    party.call('putCampaign', { params: { campaignId }, body })
  const early = { opensAt: '2026-01-01T00:00:00Z', deadlineAt: '2026-03-01T00:00:00Z', remindAt: [] }
  const late = {
    opensAt: '2026-04-01T00:00:00Z',
    deadlineAt: '2026-06-01T00:00:00Z',
    remindAt: ['2026-05-01T00:00:00Z'],
  }
  await put('early', early)
  await put('late', late)
  const none = { teams: 0, apps: 0, compliedApps: 0, suspendedTeams: 0, suspendedApps: 0 }
  const coming = (notice: string, scheduledAt: string) => ({ notice, scheduledAt, status: 'coming' })
  const { body } = await party.call('listCampaigns', {})
  const campaigns = body.campaigns as { campaignId: string }[]
  expect(campaigns.map(({ campaignId }) => campaignId)).toEqual(['late', 'early', 'aps-2025'])
  expect(body).toMatchObject({
    campaigns: [
      {
        campaignId: 'late',
        ...late,
        steps: [
          coming('announced', late.opensAt),
          coming('reminded', '2026-05-01T00:00:00Z'),
          coming('stopped', late.deadlineAt),
        ],
        summary: none,
      },
      {
        campaignId: 'early',
        ...early,
        steps: [
          { notice: 'announced', scheduledAt: early.opensAt, status: 'due' },
          coming('stopped', early.deadlineAt),
        ],
        summary: none,
      },
      { campaignId: 'aps-2025' },
    ],
    open: { teams: 1, teamsWithoutPlan: 0, appsNotInHub: 1 },
  })
})

const dates = {
  opensAt: '2026-01-01T00:00:00Z',
  deadlineAt: '2026-06-01T00:00:00Z',
  remindAt: ['2026-04-01T00:00:00Z'],
}
const params = { campaignId: 'aps-2025' }

test('a preview of a moved deadline names who goes on, and changes nothing', async ({ party }) => {
  await foundAcme(party)
  await party.call('registerApp', { params: { appId: 'other' }, body: { teamId: 'acme', name: 'Other' } })
  await party.call('registerTeam', {
    params: { teamId: 'bolt' },
    body: { name: 'Bolt', country: 'US', paymentMethod: 'none', standing: 'good' },
  })
  await party.call('registerApp', { params: { appId: 'bolt-1' }, body: { teamId: 'bolt', name: 'Bolt' } })
  const before = await party.call('getCampaign', { params })
  const sent = { params, query: { preview: 'true' }, body: dates }
  expect((await party.call('putCampaign', sent)).body).toEqual({
    campaignId: 'aps-2025',
    ...dates,
    links: [],
    preview: {
      effect: 'resumes',
      stopsFrom: '2026-01-17T00:00:00Z',
      stopsAt: '2026-06-01T00:00:00Z',
      open: { teams: 2, teamsWithoutPlan: 1, appsNotInHub: 2 },
      steps: [
        { notice: 'announced', scheduledAt: '2026-01-01T00:00:00Z', status: 'due' },
        { notice: 'reminded', scheduledAt: '2026-04-01T00:00:00Z', status: 'coming' },
        { notice: 'stopped', scheduledAt: '2026-06-01T00:00:00Z', status: 'coming' },
      ],
      dropped: [],
    },
  })
  expect(await party.call('getCampaign', { params })).toEqual(before)
  const authorize = (authorizationId: string) =>
    party.call('authorizeUsage', {
      body: { authorizationId, appId: 'other', meter: 'automation-autocad', quantity: 1 },
    })
  expect((await authorize('a1')).body).toMatchObject({ decision: 'deny' })
  await party.call('putCampaign', { params, body: dates })
  expect((await authorize('a2')).body).toMatchObject({ decision: 'allow' })
})

test('a campaign names who changed it, when and why, and a repeated change is noted once', async ({
  party,
  clock,
}) => {
  const claims = { scope: 'ops:admin', sub: 'mika' }
  const body = { ...dates, reason: 'Partners asked for time' }
  await party.call('putCampaign', { params, body, claims })
  await party.call('putCampaign', { params, body: { ...body, reason: 'again' }, claims })
  clock.time += 60_000
  const moved = { ...dates, deadlineAt: '2026-07-01T00:00:00Z' }
  await party.call('putCampaign', { params, body: moved, claims: { ...claims, sub: 'ren' } })
  const { changes } = (await party.call('getCampaign', { params })).body
  expect(changes).toEqual([
    {
      changedAt: '2026-02-20T10:01:00Z',
      actor: { subject: 'ren' },
      deadlineFrom: '2026-06-01T00:00:00Z',
      deadlineAt: '2026-07-01T00:00:00Z',
    },
    {
      changedAt: '2026-02-20T10:00:00Z',
      actor: { subject: 'mika' },
      reason: 'Partners asked for time',
      deadlineFrom: '2026-01-17T00:00:00Z',
      deadlineAt: '2026-06-01T00:00:00Z',
    },
  ])
})

test('an operator does not overwrite a change that another made in the meantime', async ({ party }) => {
  const { headers } = await party.call('getCampaign', { params })
  const ifMatch = { 'if-match': String(headers.etag) }
  const put = (deadlineAt: string, sent: object = {}) =>
    party.call('putCampaign', { params, body: { ...dates, deadlineAt }, headers: ifMatch, ...sent })
  expect((await put('2026-05-01T00:00:00Z')).status).toBe(200)
  expect((await put('2026-06-01T00:00:00Z')).status).toBe(412)
  expect((await put('2026-06-01T00:00:00Z', { query: { preview: 'true' } })).status).toBe(412)
  expect((await party.call('getCampaign', { params })).body.deadlineAt).toBe('2026-05-01T00:00:00Z')
  // The answer to the first try may have been lost.
  expect((await put('2026-05-01T00:00:00Z')).status).toBe(200)
  const absent = { params: { campaignId: 'absent' }, body: dates, headers: ifMatch }
  expect((await party.call('putCampaign', absent)).status).toBe(412)
})

test('no change is lost when operators change a campaign at the same instant', async ({ party }) => {
  const days = ['2026-05-01T00:00:00Z', '2026-06-01T00:00:00Z', '2026-07-01T00:00:00Z']
  const put = (deadlineAt: string) => party.call('putCampaign', { params, body: { ...dates, deadlineAt } })
  const answers = await Promise.all(days.map(put))
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
  const { changes, deadlineAt } = (await party.call('getCampaign', { params })).body
  const made = changes as { deadlineAt: string }[]
  expect(made.map((change) => change.deadlineAt).toSorted()).toEqual(days)
  expect(deadlineAt).toBe(made[0]?.deadlineAt)
})
