import { expect } from 'vitest'
import { test } from '../support/fixtures.ts'
import { type LocalApp, registerTeam } from '../support/local-app.ts'

/* One long move of the clock does what small ones would: each date meets what the dates before it have caused. */

test.override('clockStart', '2026-02-20T10:00:00Z')

async function statement(app: LocalApp): Promise<readonly string[]> {
  const { entries } = await app.call('hub:debtor', 'GET', '/v1/teams/debtor/entries')
  const all = (entries as { kind: string; action?: string; status?: string; at: string }[]).toReversed()
  return all.map(({ kind, action, status, at }) => [at, kind, action, status].filter(Boolean).join(' '))
}

test('a move over two months meets a failed payment that settles, and each date of a campaign', async ({
  app,
}) => {
  await registerTeam(app, 'debtor', ['render'])
  const path = '/v1/teams/debtor'
  await app.call('hub:debtor', 'PUT', `${path}/plan`, { plan: 'paid', payAsYouGo: true })
  await app.call('hub:debtor', 'PUT', `${path}/hub`, { name: 'Hub' })
  await app.call('hub:debtor', 'POST', `${path}/hub/apps`, { appIds: ['render'] })
  // The payment settles a day after its failure, before the first step of its recovery.
  await app.call('local', 'PUT', '/local/payments/debtor', {
    behaviour: 'fail-then-settle',
    lateSeconds: 86_400,
  })
  await app.call('ops', 'PUT', '/v1/campaigns/spring', {
    opensAt: '2026-02-21T00:00:00Z',
    deadlineAt: '2026-03-20T00:00:00Z',
    remindAt: ['2026-03-06T00:00:00Z', '2026-03-13T00:00:00Z'],
  })
  await registerTeam(app, 'idle', ['old-app'])
  const ask = { authorizationId: 'd1', appId: 'render', meter: 'automation-autocad', quantity: 720 }
  await app.call('meter', 'POST', '/v1/authorizations', ask)
  await app.call('meter', 'POST', '/v1/authorizations/d1/captures', { used: 720, final: true })

  await app.moveClock('2026-04-20T00:00:00Z')

  const lines = await statement(app)
  expect(lines.filter((line) => /period-closed|payment/.test(line))).toEqual([
    '2026-03-03T00:00:00Z period-closed',
    expect.stringMatching(/^2026-03-03T0\d:.* payment failed$/),
    expect.stringMatching(/^2026-03-04T.* payment settled$/),
  ])
  const notices = app.eventsOf('idle').filter(({ detail }) => detail.campaignId === 'spring')
  expect(notices.map(({ type, detail }) => `${type} ${String(detail.at).slice(0, 10)}`)).toEqual([
    'MigrationReminder 2026-02-21',
    'MigrationReminder 2026-03-06',
    'MigrationReminder 2026-03-13',
    'AppSuspended 2026-03-20',
  ])
})
