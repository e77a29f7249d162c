import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { test } from '../support/fixtures.ts'
import { registerTeam } from '../support/local-app.ts'
import { startReceiver } from '../support/webhook-receiver.ts'

/* An alert on its way to a team, over HTTP: use, stream, check, bus, mail and webhook. */

test('use that reaches an alert is mailed and called once, and a raised threshold once more', async ({
  app,
}) => {
  const receiver = await startReceiver()
  try {
    await registerTeam(app, 'watched', ['watched-app'])
    const hub = (method: string, path: string, body: object) =>
      app.call('hub:watched', method, `/v1/teams/watched/${path}`, body)
    await hub('PUT', 'hub', { name: 'Hub' })
    await hub('POST', 'hub/apps', { appIds: ['watched-app'] })
    await hub('PUT', 'plan', { plan: 'paid', payAsYouGo: true })
    const webhooks = [{ url: receiver.url, types: ['AlertReached', 'AlertBackUnder'] }]
    await hub('PUT', 'notifications', { emails: ['watch@example.com'], webhooks })
    const alert = { alertId: 'any', appId: 'watched-app', measure: 'cost-usd-cents', threshold: 1 }
    await hub('PUT', 'alerts', { alerts: [alert] })
    const { now } = await app.call('local', 'GET', '/local/clock')
    const event = (id: string) => ({
      ...{ specversion: '1.0', type: 'aps.usage.v1', source: 'urn:watched', id, time: now },
      ...{ subject: 'watched-app', data: { meter: 'automation-autocad', quantity: 720 } },
    })
    for (let times = 0; times < 2; times++) await app.call('meter', 'POST', '/v1/usage', [event('e1')])
    const types = () => receiver.received.map(({ body }) => JSON.parse(body).type)
    await expect.poll(types, { timeout: 20_000 }).toEqual(['AlertReached'])
    await hub('PUT', 'alerts', { alerts: [{ ...alert, threshold: 100_000 }] })
    await expect.poll(types, { timeout: 20_000 }).toEqual(['AlertReached', 'AlertBackUnder'])
    const folder = join(app.dataDir, 'outbox')
    const mails = () =>
      readdirSync(folder)
        .map((file) => readFileSync(join(folder, file), 'utf8'))
        .filter((mail) => mail.includes('watch@example.com'))
    await expect.poll(() => mails().length, { timeout: 20_000 }).toBe(2)
  } finally {
    await receiver.stop()
  }
})
