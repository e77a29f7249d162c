import { expect } from 'vitest'
import { openEnvironment } from '../../client/transport/node-environment.ts'
import { test as base } from '../support/fixtures.ts'
import { recordThroughKills } from './recording-kills.ts'

const clockStart = '2026-02-20T10:00:00Z'
const test = base.override('clockStart', clockStart)

test('every accepted event is recorded once after kill -9', async ({ app }) => {
  // Before the first request, during one, and after it.
  await recordThroughKills(app, Date.parse(clockStart), [1, 1_003, 300])
})

test('the answer to an empty batch states the time of the server', async ({ app }) => {
  const { token } = await app.call('local', 'POST', '/local/tokens', { scopes: ['aps:meter'] })
  const { send } = openEnvironment({ baseUrl: app.runtime.url, token: String(token) })
  const contentType = 'application/cloudevents-batch+json'
  const request = { method: 'POST', path: '/v1/usage', body: '[]', contentType, timeoutMs: 10_000 } as const
  const { status, date } = await send(request)
  expect(status).toBe(400)
  expect(Number.isNaN(Date.parse(date ?? ''))).toBe(false)
})
