import { expect } from 'vitest'
import { hourMs } from '../../core/time/time.ts'
import { WebhookSecrets } from '../../lambdas/delivery/webhook-secrets.ts'
import { NotificationStore } from '../../lambdas/store/notifications.ts'
import { test } from '../support/fixtures.ts'
import { foundAcme, type Party } from '../support/party.ts'

const hook = 'https://example.com/hook'

async function newWebhook(party: Party): Promise<{ webhookId: string; secret: string }> {
  await foundAcme(party)
  const { body } = await party.call('putNotifications', { body: { emails: [], webhooks: [{ url: hook }] } })
  const [made] = body.webhooks as { webhookId: string; secret: string }[]
  if (made === undefined) throw new Error('no webhook was made')
  return made
}

test('each replaced secret verifies for its promised day, however often it is replaced', async ({
  party,
  table,
  clock,
}) => {
  const { webhookId, secret: first } = await newWebhook(party)
  const rotate = async () =>
    (await party.call('rotateWebhookSecret', { params: { webhookId } })).body as {
      secret: string
      previousUntil: string
    }
  const promised = [{ secret: first, until: (await rotate()).previousUntil }]
  for (let times = 0; times < 3; times++) {
    clock.time += 6 * hourMs
    const [newest] = await signing()
    promised.push({ secret: newest ?? '', until: (await rotate()).previousUntil })
  }
  async function signing(): Promise<readonly string[]> {
    const [webhook] = (await new NotificationStore(table).load('acme')).webhooks
    const secrets = new WebhookSecrets(async () => JSON.stringify({ 1: 'k'.repeat(64) }), clock)
    return webhook === undefined ? [] : secrets.goodAt(clock.now(), 'acme', webhook)
  }
  for (let hours = 0; hours < 30; hours++) {
    const good = await signing()
    for (const { secret, until } of promised)
      expect([until, good.includes(secret)]).toEqual([until, clock.now() < Date.parse(until)])
    clock.time += hourMs
  }
})

test('the eleventh secret within a day is refused until the first one has expired', async ({
  party,
  clock,
}) => {
  const { webhookId } = await newWebhook(party)
  const rotate = () => party.call('rotateWebhookSecret', { params: { webhookId } })
  const first = (await rotate()).body.previousUntil
  for (let times = 1; times < 10; times++) {
    clock.time += hourMs
    expect((await rotate()).status).toBe(200)
  }
  const { status, body } = await rotate()
  expect([status, body.code, body.resumesAt]).toEqual([409, 'TOO_MANY_SECRETS', first])
  clock.time = Date.parse(String(first))
  expect((await rotate()).status).toBe(200)
})
