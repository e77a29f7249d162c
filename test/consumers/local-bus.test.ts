import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, vi } from 'vitest'
import { test } from '../support/fixtures.ts'
import { type LocalApp, registerTeam } from '../support/local-app.ts'
import { startReceiver, type WebhookReceiver } from '../support/webhook-receiver.ts'

let app: LocalApp
let receiver: WebhookReceiver
test.override('clockStart', '2026-02-01T10:00:00Z')
test.beforeAll(async ({ app: started }) => {
  app = started
  receiver = await startReceiver()
})
test.afterAll(async () => {
  await receiver.stop()
})

const hub = 'hub:acme'
const move = { appIds: ['viewer'] }
const entriesOf = async () =>
  (await app.call(hub, 'GET', '/v1/teams/acme/entries')).entries as Record<string, unknown>[]

test('the correlation id of a caller is in the entry, the event, the webhook message and the log', async () => {
  await registerTeam(app, 'acme', ['viewer'])
  await app.call(hub, 'PUT', '/v1/teams/acme/hub', { name: 'Hub' })
  const url = receiver.url.replace('127.0.0.1', 'localhost')
  await app.call(hub, 'PUT', '/v1/teams/acme/notifications', { emails: [], webhooks: [{ url }] })
  receiver.status = 500
  await app.callWith({ 'x-correlation-id': 'move-7' }, hub, 'POST', '/v1/teams/acme/hub/apps', move)
  await app.moveClock('2026-02-01T10:01:00Z')

  expect((await entriesOf())[0]).toMatchObject({ kind: 'app-moved', correlationId: 'move-7' })
  const head = { id: 'acme.3.0', teamId: 'acme', at: '2026-02-01T10:00:00Z' }
  const detail = { ...head, correlationId: 'move-7', appId: 'viewer' }
  expect(app.eventsOf('acme')).toEqual([{ type: 'AppMigrated', source: 'tollgate', detail }])
  const [message] = receiver.received
  expect(message?.headers['x-correlation-id']).toBe('move-7')
  expect(JSON.parse(message?.body ?? '{}').data).toEqual(detail)
  // Functions write their log after they answer.
  await vi.waitFor(() => {
    const lines = readFileSync(join(app.dataDir, 'functions.log'), 'utf8').split('\n')
    const logged = lines.filter((line) => line.includes('"move-7"')).map((line) => JSON.parse(line))
    expect(logged.find(({ message }) => message === 'not delivered')).toMatchObject({
      teamId: 'acme',
      outcome: 'status 500',
    })
  }, 60_000)
})

test('work without a correlation id has the id of its request, or none where time alone caused it', async () => {
  const entries = await entriesOf()
  expect(entries.at(-1)).toMatchObject({ kind: 'team-changed', correlationId: expect.stringMatching(/./) })
  await app.call(hub, 'PUT', '/v1/teams/acme/plan', { plan: 'paid' })
  await app.call(hub, 'POST', '/v1/teams/acme/token-purchases', { purchaseId: 'p', tokens: 100 })
  await app.moveClock('2027-02-03T00:00:00Z')
  const expired = (await entriesOf()).find(({ kind }) => kind === 'lot-expired')
  expect(expired).toMatchObject({ kind: 'lot-expired' })
  expect(expired).not.toHaveProperty('correlationId')
})
