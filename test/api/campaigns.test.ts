import { expect } from 'vitest'
import { test } from '../support/fixtures.ts'
import { foundAcme } from '../support/party.ts'

/* The list of all campaigns, for operators. */

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
