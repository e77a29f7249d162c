import { instantToJson } from '../../contract/instant.ts'
import { testWebhook as call, shownBytesMax, type WebhookTestAnswer } from '../../contract/test-webhook.ts'
import { webhookTestType } from '../../core/events/notified-types.ts'
import { refuse } from '../../core/refusal.ts'
import { outcomes, outcomeText } from '../../core/texts/delivery-texts.ts'
import { type Instant, secondMs } from '../../core/time/time.ts'
import { type SendWebhook, type WebhookAnswer, webhookSender } from '../delivery/send-webhook.ts'
import { toWebhookRequest } from '../delivery/webhook-message.ts'
import type { WebhookSecrets } from '../delivery/webhook-secrets.ts'
import { notFound, type Outcome } from '../http/outcome.ts'
import { hubRoute } from '../http/route.ts'
import { realClock, stopwatch } from '../runtime/clock.ts'
import { makeIds } from '../runtime/ids.ts'
import { logFailure } from '../runtime/log.ts'
import type { TeamDeps } from '../runtime/team-deps.ts'
import { DeliveryStore } from '../store/deliveries.ts'
import { type Delivery, testDeliveryIdOf } from '../store/delivery.ts'
import { NotificationStore, type Webhook } from '../store/notifications.ts'

/** Each test makes us call an address that the team chose, so tests of a webhook have a distance. */
const distanceMs = 10 * secondMs

/**
 * Sends a test event to a webhook, once. The webhook's types do not matter, and it may be switched off. The settings note the
 * test before it is sent: of two callers at once, one is refused.
 */
export function testWebhook(
  deps: TeamDeps,
  secrets: WebhookSecrets,
  send: SendWebhook = webhookSender(deps.isLocal),
) {
  const store = new NotificationStore(deps.table, deps.clock)
  const deliveries = new DeliveryStore(deps.table)
  const ids = makeIds(deps.clock)
  return hubRoute(deps, call, async ({ params: { teamId, webhookId }, language }): Promise<Outcome> => {
    const account = await deps.operations.load(teamId)
    if (account === undefined) return notFound
    const now = deps.clock.now()
    const eventId = ids.next('test-')
    const { webhook, resumesAt } = await begin(store, { teamId, webhookId, eventId, now })
    if (webhook === undefined) return notFound
    if (resumesAt !== undefined) return refuse('TESTED_JUST_NOW', { resumesAt })
    const test = toTest(webhook, { teamId, eventId, version: account.version, now })
    const receiver = { url: webhook.url, secrets: await secrets.goodAt(now, teamId, webhook) }
    // Receivers compare the timestamp with real time, from which a test clock differs.
    const message = toWebhookRequest(test, receiver, deps.isLocal ? realClock.now() : now)
    const elapsed = stopwatch()
    const answer = await send(message, shownBytesMax)
    const milliseconds = Math.round(elapsed())
    const ended = endingOf(answer)
    const delivery = { ...test, ...ended, attempts: [{ at: now, outcome: ended.outcome }] }
    // The event is sent by now, so its place in the list is not worth a failed answer.
    await deliveries
      .addEnded(delivery, now)
      .catch((error) => logFailure('test event', { teamId, deliveryId: test.deliveryId }, error))
    const body: WebhookTestAnswer = {
      deliveryId: test.deliveryId,
      at: instantToJson(now),
      headers: Object.entries(message.headers).map(([name, value]) => ({ name, value })),
      payload: message.body,
      status: ended.status,
      outcome: outcomeText(ended.outcome, language),
      milliseconds,
      ...('status' in answer && { response: responseOf(answer) }),
    }
    return { status: 200, body }
  })
}

interface TestAsk {
  readonly teamId: string
  readonly webhookId: string
  readonly eventId: string
  readonly now: Instant
}

/** Notes the test, unless the last one was just now: then `resumesAt` is when the next may be. */
async function begin(store: NotificationStore, { teamId, webhookId, eventId, now }: TestAsk) {
  let resumesAt: Instant | undefined
  const { webhooks } = await store.change(teamId, (before) => {
    const found = before.webhooks.find((webhook) => webhook.webhookId === webhookId)
    const next = found?.lastTest === undefined ? now : found.lastTest.at + distanceMs
    resumesAt = next > now ? next : undefined
    if (found === undefined || resumesAt !== undefined) return before
    const tested = { ...found, lastTest: { at: now, eventId } }
    return { ...before, webhooks: before.webhooks.map((webhook) => (webhook === found ? tested : webhook)) }
  })
  return { webhook: webhooks.find((webhook) => webhook.webhookId === webhookId), resumesAt }
}

interface TestFacts {
  readonly teamId: string
  readonly eventId: string
  readonly version: number
  readonly now: Instant
}

function toTest({ webhookId }: Webhook, { teamId, eventId, version, now }: TestFacts) {
  return {
    teamId,
    deliveryId: testDeliveryIdOf(version, eventId),
    endpointId: webhookId,
    eventId,
    type: webhookTestType,
    detail: { id: eventId, teamId, at: instantToJson(now), webhookId },
    status: 'pending',
    tries: 1,
    attempts: [],
    isResent: false,
  } as const satisfies Delivery
}

function endingOf(answer: WebhookAnswer) {
  if ('fault' in answer) return { status: 'failed', outcome: answer.fault } as const
  const { status } = answer
  const isDelivered = status >= 200 && status < 300
  return { status: isDelivered ? 'delivered' : 'failed', outcome: outcomes.status(status) } as const
}

function responseOf({ status, body }: Extract<WebhookAnswer, { status: number }>) {
  return { status, body: body?.text ?? '', isCut: body?.isCut ?? false }
}
