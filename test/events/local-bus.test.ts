import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type LocalApp, registerTeam, startLocalApp } from '../support/local-app.ts'

let app: LocalApp
beforeAll(async () => {
  app = await startLocalApp('2026-02-01T10:00:00Z')
})
afterAll(() => app.stop())

/** Events of a team that were on the bus, in order, as `type` and detail. */
function eventsOf(teamId: string): { type: string; source: string; detail: Record<string, unknown> }[] {
  const lines = readFileSync(join(app.dataDir, 'events.ndjson'), 'utf8').split('\n').filter(Boolean)
  const events = lines.map((line) => JSON.parse(line))
  return events
    .filter(
      ({ detail }) => detail.teamId === teamId || String(detail.paymentReference).startsWith(`${teamId}~`),
    )
    .map(({ 'detail-type': type, source, detail }) => ({ type, source, detail }))
}

test('a moved app is an event on the bus', async () => {
  await registerTeam(app, 'acme', ['viewer'])
  await app.call('hub:acme', 'PUT', '/v1/teams/acme/hub', { name: 'Hub' })
  await app.call('hub:acme', 'POST', '/v1/teams/acme/hub/apps', { appIds: ['viewer'] })
  await app.moveClock('2026-02-01T10:01:00Z')
  const detail = { id: 'acme.3.0', teamId: 'acme', at: '2026-02-01T10:00:00Z', appId: 'viewer' }
  expect(eventsOf('acme')).toEqual([{ type: 'AppMigrated', source: 'tollgate', detail }])
})
