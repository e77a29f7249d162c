import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Webhook as Verifier } from 'standardwebhooks'
import { expect } from 'vitest'
import { tableAt } from '../support/engine-table.ts'
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

interface Settings {
  readonly webhooks: readonly { readonly webhookId: string; readonly secret?: string; disabledAt?: string }[]
}
const path = (teamId: string, rest = '') => `/v1/teams/${teamId}/notifications${rest}`
const put = async (teamId: string, body: object) =>
  (await app.call(`hub:${teamId}`, 'PUT', path(teamId), body)) as unknown as Settings
const get = async (teamId: string) =>
  (await app.call(`hub:${teamId}`, 'GET', path(teamId))) as unknown as Settings
const deliveriesOf = async (teamId: string) => {
  const { deliveries } = await app.call(`hub:${teamId}`, 'GET', path(teamId, '/deliveries'))
  return deliveries as { deliveryId: string; endpointId: string; type: string; status: string }[]
}
const suspend = (teamId: string) =>
  app.call('ops', 'PUT', `/v1/teams/${teamId}/suspension`, { reason: 'a test' })
const resume = (teamId: string) => app.call('ops', 'DELETE', `/v1/teams/${teamId}/suspension`)

function mails(): string[] {
  const folder = join(app.dataDir, 'outbox')
  return readdirSync(folder)
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8'))
}

test('an event of a team reaches its webhook, signed in real time, and its addresses', async () => {
  await registerTeam(app, 'acme', [])
  const { webhooks } = await put('acme', { emails: ['admin@example.com'], webhooks: [{ url: receiver.url }] })
  const secret = webhooks[0]?.secret ?? ''
  expect(secret).toMatch(/^whsec_/)
  await suspend('acme')
  await app.moveClock('2026-02-01T10:01:00Z')
  const [message] = receiver.received
  const data = { teamId: 'acme', because: 'operator', reason: 'a test' }
  const body = new Verifier(secret).verify(message?.body ?? '', message?.headers ?? {})
  expect(body).toMatchObject({ type: 'TeamSuspended', data })
  expect(await deliveriesOf('acme')).toMatchObject([
    { endpointId: webhooks[0]?.webhookId, type: 'TeamSuspended', status: 'delivered' },
    { endpointId: 'email', type: 'TeamSuspended', status: 'delivered' },
  ])
  const [mail = ''] = mails()
  expect(mail).toContain('To: admin@example.com')
  const [, text = ''] = mail.split('\r\n\r\n')
  expect(Buffer.from(text, 'base64').toString()).toContain('Your team was suspended: a test.')
})

test('a secret is shown once, and replaced on demand', async () => {
  const [webhook] = (await get('acme')).webhooks
  expect(webhook?.secret).toBeUndefined()
  const again = await put('acme', { emails: [], webhooks: [{ url: receiver.url, types: ['TeamResumed'] }] })
  expect(again.webhooks[0]).toEqual({
    webhookId: webhook?.webhookId,
    url: receiver.url,
    types: ['TeamResumed'],
  })
  const rotated = await app.call('hub:acme', 'POST', path('acme', `/webhooks/${webhook?.webhookId}/secret`))
  await resume('acme')
  await app.moveClock('2026-02-01T10:02:00Z')
  const message = receiver.received.at(-1)
  const verifier = new Verifier(String(rotated.secret))
  expect(verifier.verify(message?.body ?? '', message?.headers ?? {})).toMatchObject({ type: 'TeamResumed' })
})

test('a webhook that fails for good is switched off, reported by mail, and switched on by a resend', async () => {
  await registerTeam(app, 'broken', [])
  receiver.status = 500
  await put('broken', { language: 'ja', emails: ['admin@example.com'], webhooks: [{ url: receiver.url }] })
  await suspend('broken')
  const mailsBefore = mails().length
  for (const at of ['02-01T10:03', '02-01T10:04', '02-01T10:10', '02-01T10:45', '02-01T13:00'])
    await app.moveClock(`2026-${at}:00Z`)
  for (const at of ['02-01T18:00', '02-02T04:01', '02-02T18:02']) await app.moveClock(`2026-${at}:00Z`)
  expect((await get('broken')).webhooks[0]?.disabledAt).toBe('2026-02-02T18:02:00Z')
  const written = mails().slice(mailsBefore)
  expect(written).toHaveLength(2)
  const subject = Buffer.from('Webhook を無効にしました').toString('base64')
  expect(written.at(-1)).toContain(`Subject: =?UTF-8?B?${subject}?=`)

  receiver.status = 200
  const failed = (await deliveriesOf('broken')).find(({ status }) => status === 'failed')
  await app.call('hub:broken', 'POST', path('broken', `/deliveries/${failed?.deliveryId}/resend`))
  await app.moveClock('2026-02-02T18:03:00Z')
  expect((await get('broken')).webhooks[0]?.disabledAt).toBeUndefined()
  expect((await deliveriesOf('broken')).every(({ status }) => status === 'delivered')).toBe(true)
})

test('nothing that a message could be signed with is in the table', async () => {
  const table = tableAt(app.runtime.endpoint, app.runtime.tableNames[0] ?? '')
  const { Items } = await table.send('Scan', { TableName: table.tableName })
  const text = JSON.stringify(Items)
  const folder = join(app.dataDir, 'secrets')
  const [key = ''] = readdirSync(folder).flatMap((file) =>
    Object.values<string>(JSON.parse(readFileSync(join(folder, file), 'utf8'))),
  )
  expect(text).toContain('"secret":{"')
  expect(key).toHaveLength(64)
  expect(text).not.toContain(key)
  expect(text).not.toContain('whsec_')
})

test.each([
  [{ emails: ['no address'], webhooks: [] }],
  [{ emails: [], webhooks: [{ url: 'http://example.com/' }] }],
  [{ emails: [], webhooks: [{ url: 'https://169.254.169.254/latest' }] }],
  [{ emails: [], webhooks: [{ url: 'https://example.com/', types: ['PaymentRequested'] }] }],
  [{ emails: [], webhooks: Array.from({ length: 6 }, (_, n) => ({ url: `https://example.com/${n}` })) }],
])('%j is refused', async (body) => {
  await expect(put('acme', body)).rejects.toThrow('400')
})
