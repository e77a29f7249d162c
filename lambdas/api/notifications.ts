import { getNotifications as getCall } from '../../contract/get-notifications.ts'
import { instantToJson } from '../../contract/instant.ts'
import type { NotificationsAnswer } from '../../contract/notifications.ts'
import { sayToPeople } from '../../contract/people-messages.ts'
import { putNotifications as putCall } from '../../contract/put-notifications.ts'
import type { WebhookSecretAnswer } from '../../contract/rotate-webhook-secret.ts'
import { rotateWebhookSecret as rotateCall } from '../../contract/rotate-webhook-secret.ts'
import { refuse } from '../../core/refusal.ts'
import { dayMs } from '../../core/time/time.ts'
import { isWebhookUrl } from '../delivery/addresses.ts'
import type { WebhookSecrets } from '../delivery/webhook-secrets.ts'
import { etagOf, isExpected } from '../http/etag.ts'
import { badRequest, notFound, type Outcome, preconditionFailed } from '../http/outcome.ts'
import { hubRoute } from '../http/route.ts'
import { makeIds } from '../runtime/ids.ts'
import type { TeamDeps } from '../runtime/team-deps.ts'
import {
  NotificationStore,
  type Notifications,
  nextSecret,
  previousSecrets,
  replaceSecret,
  type Webhook,
} from '../store/notifications.ts'

/** Time in which receivers may still check signatures with the previous secret. */
const overlapMs = dayMs
/** Replaced secrets that sign at the same time. Each adds a signature to every message. */
const previousMax = 10

/** Sets the team's endpoints. Only this answer shows the secret of a new webhook; all webhooks are switched on. */
export function putNotifications(deps: TeamDeps, secrets: WebhookSecrets) {
  const store = new NotificationStore(deps.table, deps.clock)
  const ids = makeIds(deps.clock)
  return hubRoute(deps, putCall, async ({ params, body, headers }): Promise<Outcome> => {
    const refused = body.webhooks.findIndex(({ url }) => !isWebhookUrl(url, deps.isLocal))
    if (refused >= 0)
      return badRequest({ pointer: `/webhooks/${refused}/url`, message: sayToPeople('webhookUrl') })
    if ((await deps.operations.load(params.teamId)) === undefined) return notFound
    const secret = nextSecret(await secrets.newestKey())
    const made = body.webhooks.map(({ url, types }): Webhook => {
      return { webhookId: ids.next('wh-'), secret, url, types }
    })
    const { language, emails } = body
    let isStale = false
    let misnamed = -1
    const after = await store.change(params.teamId, (before) => {
      isStale = !isExpected(headers['if-match'], etagOf(toJson(before)))
      misnamed = body.webhooks.findIndex((webhook) => isMisnamed(webhook, before))
      if (isStale || misnamed >= 0) return before
      const webhooks = made.map((webhook) => keepKnown(webhook, before))
      return { ...before, language, emails, webhooks }
    })
    if (isStale) return preconditionFailed
    if (misnamed >= 0)
      return badRequest({
        pointer: `/webhooks/${misnamed}/webhookId`,
        message: sayToPeople('webhookIdOfUrl'),
      })
    const fresh = new Set(made.map(({ webhookId }) => webhookId))
    const shown = after.webhooks
      .filter(({ webhookId }) => fresh.has(webhookId))
      .map(
        async ({ webhookId }) =>
          [webhookId, await secrets.secretOf(params.teamId, webhookId, secret)] as const,
      )
    return { status: 200, body: toJson(after, new Map(await Promise.all(shown))) }
  })
}

export function getNotifications(deps: TeamDeps) {
  const store = new NotificationStore(deps.table, deps.clock)
  return hubRoute(deps, getCall, async ({ params }): Promise<Outcome> => {
    if ((await deps.operations.load(params.teamId)) === undefined) return notFound
    return { status: 200, body: toJson(await store.load(params.teamId)) }
  })
}

/** Replaces a webhook's secret; the previous one stays valid for a day, also if this one is replaced within it. */
export function rotateWebhookSecret(deps: TeamDeps, secrets: WebhookSecrets) {
  const store = new NotificationStore(deps.table, deps.clock)
  return hubRoute(deps, rotateCall, async ({ params }): Promise<Outcome> => {
    const { teamId, webhookId } = params
    const key = await secrets.newestKey()
    const now = deps.clock.now()
    const until = now + overlapMs
    let isFull = false
    const { webhooks } = await store.change(teamId, (before) => {
      const found = before.webhooks.find((webhook) => webhook.webhookId === webhookId)
      isFull = found !== undefined && previousSecrets(found, now).length >= previousMax
      if (found === undefined || isFull) return before
      const rotated = replaceSecret(found, nextSecret(key, found.secret), { now, until })
      return {
        ...before,
        webhooks: before.webhooks.map((webhook) => (webhook === found ? rotated : webhook)),
      }
    })
    const rotated = webhooks.find((webhook) => webhook.webhookId === webhookId)
    if (rotated === undefined) return notFound
    if (isFull) {
      const resumesAt = Math.min(...previousSecrets(rotated, now).map((previous) => previous.until))
      return refuse('TOO_MANY_SECRETS', { resumesAt })
    }
    const secret = await secrets.secretOf(teamId, webhookId, rotated.secret)
    const body: WebhookSecretAnswer = { webhookId, secret, previousUntil: instantToJson(until) }
    return { status: 200, body }
  })
}

/** True if a webhook is sent with the id of another one. */
function isMisnamed(
  { url, webhookId }: { readonly url: string; readonly webhookId?: string | undefined },
  { webhooks }: Notifications,
): boolean {
  const known = webhooks.find((webhook) => webhook.url === url)
  return webhookId !== undefined && webhookId !== known?.webhookId
}

/** A webhook whose address is already set keeps its id and secret. */
function keepKnown(webhook: Webhook, before: Notifications): Webhook {
  const known = before.webhooks.find(({ url }) => url === webhook.url)
  if (known === undefined) return webhook
  return { ...known, types: webhook.types, disabledAt: undefined }
}

/** Secrets are shown only for webhooks that were just added. */
function toJson(
  { language, emails, webhooks }: Notifications,
  fresh: ReadonlyMap<string, string> = new Map(),
): NotificationsAnswer {
  const shown = webhooks.map(({ webhookId, url, types, disabledAt }) => ({
    webhookId,
    url,
    types: types === undefined ? undefined : [...types],
    disabledAt: disabledAt === undefined ? undefined : instantToJson(disabledAt),
    secret: fresh.get(webhookId),
  }))
  return { language, emails: [...emails], webhooks: shown }
}
