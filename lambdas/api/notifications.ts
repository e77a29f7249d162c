import { dayMs } from '../../core/time.ts'
import { isWebhookUrl } from '../delivery/addresses.ts'
import { badRequest, notFound, type Outcome } from '../http/outcome.ts'
import { route } from '../http/route.ts'
import type { Deps } from '../runtime/deps.ts'
import { makeIds, makeSecret } from '../runtime/ids.ts'
import { instantToJson } from '../schema/instant.ts'
import type { NotificationsAnswer, WebhookSecretAnswer } from '../schema/notification-answers.ts'
import * as calls from '../schema/notifications.ts'
import { NotificationStore, type Notifications, type Webhook } from '../store/notifications.ts'

/** How long receivers may still check with the secret before. */
const overlapMs = dayMs

/** Sets whom the team wants to be told. Each new webhook gets a secret, which only this answer shows; all are switched on. */
export function putNotifications(deps: Deps) {
  const store = new NotificationStore(deps.table)
  const ids = makeIds(deps.clock)
  return route(calls.putNotifications, async ({ params, body }): Promise<Outcome> => {
    const refused = body.webhooks.findIndex(({ url }) => !isWebhookUrl(url, deps.isLocal))
    if (refused >= 0) return badRequest({ pointer: `/webhooks/${refused}/url`, message: 'webhookUrl' })
    if ((await deps.operations.load(params.teamId)) === undefined) return notFound
    const made = body.webhooks.map(({ url, types }): Webhook => {
      return { webhookId: ids.next('wh-'), secret: makeSecret(), url, types }
    })
    const { language, emails } = body
    const after = await store.change(params.teamId, (before) => {
      const webhooks = made.map((webhook) => keeping(webhook, before))
      return { ...before, language, emails, webhooks }
    })
    const fresh = new Set(made.map(({ webhookId }) => webhookId))
    return { status: 200, body: toJson(after, fresh) }
  })
}

export function getNotifications(deps: Deps) {
  const store = new NotificationStore(deps.table)
  return route(calls.getNotifications, async ({ params }): Promise<Outcome> => {
    if ((await deps.operations.load(params.teamId)) === undefined) return notFound
    return { status: 200, body: toJson(await store.load(params.teamId)) }
  })
}

/** Replaces a webhook's secret; the one before stays good for a day. */
export function rotateWebhookSecret(deps: Deps) {
  const store = new NotificationStore(deps.table)
  return route(calls.rotateWebhookSecret, async ({ params }): Promise<Outcome> => {
    const { teamId, webhookId } = params
    const secret = makeSecret()
    const until = deps.clock.now() + overlapMs
    const { webhooks } = await store.change(teamId, (before) => {
      if (!before.webhooks.some((one) => one.webhookId === webhookId)) return before
      const rotate = (one: Webhook): Webhook => ({ ...one, secret, previous: { secret: one.secret, until } })
      return {
        ...before,
        webhooks: before.webhooks.map((one) => (one.webhookId === webhookId ? rotate(one) : one)),
      }
    })
    if (!webhooks.some((one) => one.webhookId === webhookId)) return notFound
    const body: WebhookSecretAnswer = { webhookId, secret, previousUntil: instantToJson(until) }
    return { status: 200, body }
  })
}

/** A webhook of an address that is there already stays the one that it is. */
function keeping(webhook: Webhook, before: Notifications): Webhook {
  const known = before.webhooks.find(({ url }) => url === webhook.url)
  if (known === undefined) return webhook
  return { ...known, types: webhook.types, disabledAt: undefined }
}

/** Secrets are shown only of those that were just made. */
function toJson(
  { language, emails, webhooks }: Notifications,
  fresh = new Set<string>(),
): NotificationsAnswer {
  const shown = webhooks.map(({ webhookId, url, types, disabledAt, secret }) => ({
    webhookId,
    url,
    types: types === undefined ? undefined : [...types],
    disabledAt: disabledAt === undefined ? undefined : instantToJson(disabledAt),
    secret: fresh.has(webhookId) ? secret : undefined,
  }))
  return { language, emails: [...emails], webhooks: shown }
}
