import { Webhook as Verifier } from 'standardwebhooks'
import { expect, vi } from 'vitest'
import { dayMs, hourMs, minuteMs, secondMs } from '../../core/time/time.ts'
import { Deliverer, type NotifiedEvent } from '../../lambdas/delivery/deliverer.ts'
import type { Mail } from '../../lambdas/delivery/send-mail.ts'
import { webhookSender } from '../../lambdas/delivery/send-webhook.ts'
import { WebhookSecrets } from '../../lambdas/delivery/webhook-secrets.ts'
import { DeliveryStore } from '../../lambdas/store/deliveries.ts'
import { type Delivery, deliveryIdOf } from '../../lambdas/store/delivery.ts'
import { InvitationMails } from '../../lambdas/store/invitation-mails.ts'
import { deliveryKey, deliveryShard } from '../../lambdas/store/keys.ts'
import { NotificationStore, type Webhook } from '../../lambdas/store/notifications.ts'
import { getItem } from '../../lambdas/store/table.ts'
import type { EngineTables } from '../support/engine-table.ts'
import { test } from '../support/fixtures.ts'
import { startReceiver, type WebhookReceiver } from '../support/webhook-receiver.ts'

let engine: EngineTables
let receiver: WebhookReceiver
test.beforeAll(({ engine: started }) => {
  engine = started
})
test.beforeEach(async () => {
  receiver = await startReceiver()
})
test.afterEach(async () => {
  vi.useRealTimers()
  await receiver.stop()
})

const start = Date.parse('2026-01-20T10:00:00Z')

/** Of key 1 and the webhook `wh-1` of `acme`, number 1 and 2: made by `openssl dgst -sha256 -hmac`. */
const secretsOfAcme = {
  1: 'whsec_GtyFFr05sbYf+C6FaN79HxkI7yljUOpdk6swj9QdgtA=',
  2: 'whsec_0QwQVa6rQTjYt6cXfRKAi/9EnGg/0Ileu02MVnoGxBk=',
}
const nobodysSecret = 'whsec_bm90aGluZyB0aGF0IHdhcyBldmVyIHVzZWQ='

/** A team `acme` with an address and a webhook at the receiver, in a separate table with a separate clock. */
async function acme(changes: Partial<Webhook> = {}) {
  const table = await engine.newTable()
  const [notifications, deliveries] = [new NotificationStore(table), new DeliveryStore(table)]
  const secret = { key: '1', number: 1 }
  const webhook: Webhook = { webhookId: 'wh-1', url: receiver.url, secret, ...changes }
  await notifications.change('acme', (before) => ({
    ...before,
    language: 'ja',
    emails: ['admin@example.com', 'ops@example.com'],
    webhooks: [webhook],
  }))
  const mails: Mail[] = []
  const clock = { at: start, now: () => clock.at }
  const sendMail = async (mail: Mail) => void mails.push(mail)
  const secrets = new WebhookSecrets(async () => JSON.stringify({ 1: 'k'.repeat(64) }), clock)
  const invitations = new InvitationMails(table)
  const sendWebhook = webhookSender(true)
  const mailing = { invitations, sendMail }
  const parts = { clock, realClock: clock, notifications, deliveries, secrets, sendWebhook, ...mailing }
  const deliverer = new Deliverer(parts)
  const due = () => deliveries.due(deliveryShard('acme'), clock.at, 100)
  return {
    ...parts,
    table,
    deliverer,
    mails,
    webhook,
    due,
    /** Tries what is due after so long. */
    later: async (ms: number) => {
      clock.at += ms
      const tried = await due()
      for (const delivery of tried) await deliverer.attempt(delivery)
      return tried.length
    },
    listed: () => deliveries.newest('acme', undefined, 100),
  }
}

const migrated = (version = 3): NotifiedEvent => {
  const detail = { id: `acme.${version}.0`, teamId: 'acme', at: '2026-01-20T10:00:00Z', appId: 'viewer' }
  return { type: 'AppMigrated', detail }
}
const exhausted: NotifiedEvent = {
  type: 'TokensExhausted',
  detail: { id: 'acme.9.1', teamId: 'acme', at: '2026-01-20T10:00:00Z' },
}
const byEndpoint = (deliveries: readonly Delivery[], endpointId: string) =>
  deliveries.filter((delivery) => delivery.endpointId === endpointId)

/** Verifies a message with the receiver's library at the time of the team's clock. */
function verified(secret: string, now: number, { headers, body } = receiver.received[0] ?? nothing): unknown {
  vi.useFakeTimers({ now, toFake: ['Date'] })
  return new Verifier(secret).verify(body, headers)
}
const nothing = { headers: {}, body: '' }

test('a webhook is signed so that the library of its receiver accepts it', async () => {
  const { deliverer, clock, listed } = await acme()
  await deliverer.tell(migrated())
  const { detail } = migrated()
  const message = { type: 'AppMigrated', timestamp: '2026-01-20T10:00:00Z', data: detail }
  expect(verified(secretsOfAcme[1], clock.at)).toEqual(message)
  expect(receiver.received[0]?.headers['webhook-id']).toBe('acme.3.0')
  expect(() => verified(nobodysSecret, clock.at)).toThrow('No matching signature')
  expect(await listed()).toMatchObject([{ endpointId: 'wh-1', status: 'delivered', tries: 1 }])
})

test('while a secret is replaced, either is good, and the old one only for its time', async () => {
  const previous = { secret: { key: '1', number: 1 }, until: start + dayMs }
  const { deliverer, clock } = await acme({ secret: { key: '1', number: 2 }, previous })
  await deliverer.tell(migrated())
  expect(verified(secretsOfAcme[2], clock.at)).toBeDefined()
  expect(verified(secretsOfAcme[1], clock.at)).toBeDefined()
  vi.useRealTimers()
  clock.at += dayMs
  await deliverer.tell(migrated(4))
  expect(() => verified(secretsOfAcme[1], clock.at, receiver.received[1])).toThrow('No matching signature')
})

test('an event that comes again is delivered once', async () => {
  const { deliverer, mails } = await acme()
  for (let times = 0; times < 3; times++) await deliverer.tell(exhausted)
  expect(receiver.received).toHaveLength(1)
  expect(mails.map(({ to }) => to)).toEqual(['admin@example.com', 'ops@example.com'])
})

test('a webhook receives the types that it subscribed to, and mail reports the important events', async () => {
  const { deliverer, mails } = await acme({ types: ['AppMigrated'] })
  await deliverer.tell(exhausted)
  await deliverer.tell(migrated())
  expect(receiver.received.map(({ body }) => JSON.parse(body).type)).toEqual(['AppMigrated'])
  expect(mails).toEqual(
    ['admin@example.com', 'ops@example.com'].map((to) =>
      expect.objectContaining({ to, subject: 'Flexトークンを使い切りました' }),
    ),
  )
})

test('an address that is refused is tried again alone, and silences no other', async () => {
  const { deliverer, later, listed, sendMail, mails, ...parts } = await acme()
  const bad = 'admin@example.com'
  let isRefused = true
  const sendSome = async (mail: Mail) => {
    mails.push(mail)
    return mail.to === bad && isRefused ? 'mail was not accepted (MessageRejected)' : undefined
  }
  const some = new Deliverer({ ...parts, sendMail: sendSome })
  await some.tell(exhausted)
  expect(mails.map(({ to }) => to)).toEqual([bad, 'ops@example.com'])
  const [first] = byEndpoint(await listed(), 'email')
  expect(first).toMatchObject({
    status: 'pending',
    attempts: [{ outcome: 'mail was not accepted (MessageRejected), for 1 of 2 addresses' }],
  })
  isRefused = false
  parts.clock.at += 5 * secondMs
  for (const delivery of await parts.due()) await some.attempt(delivery)
  expect(mails.map(({ to }) => to)).toEqual([bad, 'ops@example.com', bad])
  expect(byEndpoint(await listed(), 'email')).toMatchObject([{ status: 'delivered' }])
})

test('a failed delivery is tried again at growing intervals until it is accepted', async () => {
  const { deliverer, later, listed, clock } = await acme()
  receiver.status = 500
  await deliverer.tell(migrated())
  expect(await later(4 * secondMs)).toBe(0)
  expect(await later(secondMs)).toBe(1)
  expect(await later(4 * minuteMs)).toBe(0)
  receiver.status = 200
  expect(await later(minuteMs)).toBe(1)
  expect(await later(10 * dayMs)).toBe(0)
  const [delivery] = await listed()
  expect(delivery).toMatchObject({ status: 'delivered', tries: 3 })
  expect(delivery?.attempts.map(({ outcome }) => outcome)).toEqual(['status 500', 'status 500', 'status 200'])
  expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
  expect(clock.at).toBeGreaterThan(start)
})

/** Eight tries, over a day and a half. */
async function giveUp({ deliverer, later }: Awaited<ReturnType<typeof acme>>): Promise<void> {
  receiver.status = 503
  await deliverer.tell(migrated())
  for (const wait of [5 * secondMs, 5 * minuteMs, 30 * minuteMs, 2 * hourMs, 5 * hourMs, 10 * hourMs])
    expect(await later(wait)).toBe(1)
  expect(await later(14 * hourMs - 1)).toBe(0)
  await later(1)
}

test('after eight tries a webhook is switched off, and the team is notified once by mail', async () => {
  const team = await acme()
  await giveUp(team)
  expect(receiver.received).toHaveLength(8)
  expect(byEndpoint(await team.listed(), 'wh-1')).toMatchObject([{ status: 'failed', tries: 8 }])
  expect((await team.notifications.load('acme')).webhooks[0]?.disabledAt).toBe(team.clock.at)
  const subject = 'Webhook を無効にしました'
  const each = ['admin@example.com', 'ops@example.com'].map((to) => ({ to, subject }))
  expect(team.mails).toMatchObject(each)
  await team.deliverer.tell(migrated(4))
  expect(await team.later(30 * dayMs)).toBe(0)
  expect(receiver.received).toHaveLength(8)
})

test('a delivery that is resent and taken switches its webhook on again', async () => {
  const team = await acme()
  await giveUp(team)
  const [failed] = byEndpoint(await team.listed(), 'wh-1')
  receiver.status = 200
  await team.deliveries.resend('acme', failed?.deliveryId ?? '', team.clock.at)
  expect(await team.later(0)).toBe(1)
  expect(byEndpoint(await team.listed(), 'wh-1')).toMatchObject([{ status: 'delivered' }])
  expect((await team.notifications.load('acme')).webhooks[0]?.disabledAt).toBeUndefined()
})

test('a receiver that says 410 is not asked again', async () => {
  const team = await acme()
  receiver.status = 410
  await team.deliverer.tell(migrated())
  expect((await team.notifications.load('acme')).webhooks[0]?.disabledAt).toBe(start)
  expect(await team.later(30 * dayMs)).toBe(0)
})

test('two at once make one try', async () => {
  const team = await acme()
  receiver.status = 500
  await team.deliverer.tell(migrated())
  team.clock.at += minuteMs
  const [delivery] = await team.due()
  if (delivery === undefined) throw new Error('nothing is due')
  await Promise.all([1, 2, 3].map(() => team.deliverer.attempt(delivery)))
  expect(receiver.received).toHaveLength(2)
})

test('a retry leaves alone a delivery whose first try begins while the retry reads the index', async () => {
  const team = await acme()
  const { deliveries, table, clock } = team
  const [endpointId, event] = ['wh-1', migrated()]
  const deliveryId = deliveryIdOf(event.detail.id, endpointId)
  const made = { teamId: 'acme', deliveryId, endpointId, eventId: event.detail.id, ...event }
  const delivery: Delivery = { ...made, status: 'pending', tries: 0, attempts: [], isResent: false }
  await deliveries.add(delivery, clock.at)
  expect(await team.due()).toHaveLength(1)
  const slow = new DeliveryStore({
    ...table,
    send: async (name, input) => {
      const answer = await table.send(name, input)
      if (name === 'Query') await deliveries.begin(delivery, clock.at)
      return answer
    },
  })
  expect(await slow.due(deliveryShard('acme'), clock.at, 100)).toEqual([])
  clock.at += 5 * secondMs
  expect(await team.due()).toMatchObject([{ deliveryId, tries: 1 }])
})

test('one that was killed in its try goes on with the next', async () => {
  const team = await acme()
  const killed = new Deliverer({
    ...team,
    sendWebhook: async () => {
      throw new Error('killed')
    },
  })
  await expect(killed.tell(migrated())).rejects.toThrow('killed')
  expect(await team.later(5 * secondMs)).toBe(1)
  expect(await team.listed()).toMatchObject([{ status: 'delivered', tries: 2 }])
})

test('the list goes from the newest to the oldest, page by page', async () => {
  const { deliverer, deliveries } = await acme()
  for (const version of [3, 12, 7]) await deliverer.tell(migrated(version))
  const first = await deliveries.newest('acme', undefined, 2)
  expect(first.map(({ eventId }) => eventId)).toEqual(['acme.12.0', 'acme.7.0'])
  const rest = await deliveries.newest('acme', first[1]?.deliveryId, 2)
  expect(rest.map(({ eventId }) => eventId)).toEqual(['acme.3.0'])
})

test('a delivery may be cleared away 35 days after it was made or resent, and not before', async () => {
  const { deliverer, deliveries, clock, table } = await acme()
  await deliverer.tell(migrated())
  const [{ deliveryId } = { deliveryId: '' }] = await deliveries.newest('acme', undefined, 1)
  const clearedAt = async () =>
    Number((await getItem(table, deliveryKey('acme', deliveryId)))?.ttl) * secondMs
  expect(await clearedAt()).toBe(start + 35 * dayMs)
  clock.at += 10 * dayMs
  await deliveries.resend('acme', deliveryId, clock.at)
  expect(await clearedAt()).toBe(start + 45 * dayMs)
})
