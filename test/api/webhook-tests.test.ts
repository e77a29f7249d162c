import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { Webhook as Verifier } from 'standardwebhooks'
import { expect } from 'vitest'
import { eventJsonSchemas } from '../../bin/event-schemas.ts'
import { DeliveryStore } from '../../lambdas/store/deliveries.ts'
import { test } from '../support/fixtures.ts'
import type { LocalApp } from '../support/local-app.ts'
import { foundAcme, type Party } from '../support/party.ts'
import { startReceiver, type WebhookReceiver } from '../support/webhook-receiver.ts'

/* Test events: an admin asks for one, and sees the message and the receiver's answer. */

let receiver: WebhookReceiver
test.beforeEach(async () => {
  receiver = await startReceiver()
})
test.afterEach(() => receiver.stop())

interface Made {
  readonly webhookId: string
  readonly secret: string
}

let teams = 0

/** Makes a team with one webhook that leads to the receiver of the test. */
async function newHook(
  app: LocalApp,
): Promise<Made & { readonly test: () => Promise<Record<string, unknown>> }> {
  const team = `hooked-${++teams}`
  const profile = { name: 'Hooked', country: 'US', paymentMethod: 'credit-card', standing: 'good' }
  await app.call('ops', 'PUT', `/v1/teams/${team}`, profile)
  const settings = { emails: [], webhooks: [{ url: receiver.url, types: ['TokensLow'] }] }
  const answer = await app.call(`hub:${team}`, 'PUT', `/v1/teams/${team}/notifications`, settings)
  const [made] = answer.webhooks as readonly Made[]
  if (made === undefined) throw new Error('no webhook was made')
  const path = `/v1/teams/${team}/notifications/webhooks/${made.webhookId}/test`
  return { ...made, test: () => app.call(`hub:${team}`, 'POST', path) }
}

test('a test event arrives signed, in the form of its schema, and the answer is shown', async ({ app }) => {
  receiver.status = 200
  const hook = await newHook(app)
  const tested = await hook.test()
  expect(tested).toMatchObject({
    status: 'delivered',
    outcome: 'status 200',
    response: { status: 200, body: 'xxxxxxxxxx', isCut: false },
  })
  expect(tested.milliseconds).toBeLessThan(5_000)
  const [message] = receiver.received
  expect(message?.body).toBe(tested.payload)
  const event = new Verifier(hook.secret).verify(message?.body ?? '', message?.headers ?? {})
  expect(event).toMatchObject({ type: 'WebhookTest', data: { webhookId: hook.webhookId } })
  const ajv = new Ajv2020({ strict: true })
  addFormats.default(ajv)
  const isValid = ajv.compile(eventJsonSchemas().WebhookTest ?? false)
  expect(isValid((event as { data: unknown }).data), ajv.errorsText(isValid.errors)).toBe(true)
})

test('a long answer is shown up to its first kilobyte', async ({ app }) => {
  receiver.status = 500
  receiver.body = '語'.repeat(2_000)
  const tested = await (await newHook(app)).test()
  expect(tested).toMatchObject({ status: 'failed', outcome: 'status 500' })
  expect(tested.response).toEqual({ status: 500, body: '語'.repeat(341), isCut: true })
})

test('a receiver that cannot be reached is a failed test without an answer', async ({ app }) => {
  const hook = await newHook(app)
  await receiver.stop()
  const tested = await hook.test()
  expect(tested).toMatchObject({ status: 'failed', outcome: 'no answer (ECONNREFUSED)' })
  expect(tested.response).toBeUndefined()
})

/** The id of the first webhook of `acme`. */
async function addHook(party: Party): Promise<string> {
  const { body } = await party.call('putNotifications', {
    body: { emails: [], webhooks: [{ url: 'https://example.com/hook' }] },
  })
  const [made] = body.webhooks as Made[]
  return made?.webhookId ?? ''
}

test('two tests at once send one event, and the next one follows after ten seconds', async ({
  party,
  clock,
}) => {
  await foundAcme(party)
  const params = { webhookId: await addHook(party) }
  const send = () => party.call('testWebhook', { params })
  const both = await Promise.all([send(), send()])
  expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409])
  clock.time += 9_999
  expect(await send()).toMatchObject({
    status: 409,
    body: { code: 'TESTED_JUST_NOW', resumesAt: '2026-02-20T10:00:10Z' },
  })
  clock.time += 1
  expect((await send()).status).toBe(200)
})

test('tests are in the activity and in the list of deliveries, newest first, and are not due again', async ({
  party,
  table,
  clock,
}) => {
  await foundAcme(party)
  const params = { webhookId: await addHook(party) }
  const ids: unknown[] = []
  for (let times = 0; times < 3; times++) {
    clock.time += 10_000
    ids.unshift((await party.call('testWebhook', { params })).body.deliveryId)
  }
  const { deliveries } = (await party.call('listDeliveries', {})).body
  expect((deliveries as { deliveryId: string }[]).map(({ deliveryId }) => deliveryId)).toEqual(ids)
  expect(deliveries).toMatchObject([
    { type: 'WebhookTest', status: 'delivered', endpointId: params.webhookId },
    {},
    {},
  ])
  const { activity } = (await party.call('listActivity', { query: { limit: '1' } })).body
  expect(activity).toMatchObject([{ kind: 'webhook-tested', targetId: params.webhookId }])
  const store = new DeliveryStore(table)
  const later = clock.now() + 60_000
  const due = await Promise.all([0, 1, 2, 3].map((shard) => store.due(`DELIVERY#0${shard}`, later, 10)))
  expect(due.flat()).toEqual([])
})
