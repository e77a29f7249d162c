import { expect, test } from 'vitest'
import { progressText } from '../../tools/campaign/campaign-text.ts'

const open = { teams: 40, teamsWithoutPlan: 10, appsNotInHub: 1_250 }

test('the progress of a campaign reads as two tables', () => {
  const text = progressText({
    campaignId: 'aps-2025',
    steps: [
      { notice: 'announced', scheduledAt: '2025-12-08T00:00:00Z', status: 'done', teams: 100, apps: 3_000 },
      { notice: 'reminded', scheduledAt: '2026-01-02T09:30:00Z', status: 'skipped' },
      { notice: 'stopped', scheduledAt: '2026-01-17T00:00:00Z', status: 'coming' },
    ],
    summary: { compliedApps: 1_500, suspendedTeams: 0, suspendedApps: 0 },
    open,
    days: [
      { ...open, day: '2025-12-08', teams: 100, appsNotInHub: 3_000 },
      { ...open, day: '2025-12-09', teams: 90, appsNotInHub: 1_500 },
    ],
  })
  expect(text).toBe(`Campaign aps-2025

step       date (UTC)        status   teams   apps
announced  2025-12-08 00:00  done       100  3,000
reminded   2026-01-02 09:30  skipped
stopped    2026-01-17 00:00  coming

Complied since the first step: 1,500 apps. Suspended: 0 apps of 0 teams.

day         teams to move  without a plan  apps to move  change
2025-12-08            100              10         3,000
2025-12-09             90              10         1,500  -1,500
now                    40              10         1,250    -250`)
})
