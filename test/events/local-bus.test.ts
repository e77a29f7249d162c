import { afterAll, beforeAll, expect, test } from 'vitest'
import { type LocalApp, registerTeam, startLocalApp } from '../support/local-app.ts'

let app: LocalApp
beforeAll(async () => {
  app = await startLocalApp('2026-02-01T10:00:00Z')
})
afterAll(() => app.stop())

test('a moved app is an event on the bus', async () => {
  await registerTeam(app, 'acme', ['viewer'])
  await app.call('hub:acme', 'PUT', '/v1/teams/acme/hub', { name: 'Hub' })
  await app.call('hub:acme', 'POST', '/v1/teams/acme/hub/apps', { appIds: ['viewer'] })
  await app.moveClock('2026-02-01T10:01:00Z')
  const detail = { id: 'acme.3.0', teamId: 'acme', at: '2026-02-01T10:00:00Z', appId: 'viewer' }
  expect(app.eventsOf('acme')).toEqual([{ type: 'AppMigrated', source: 'tollgate', detail }])
})
