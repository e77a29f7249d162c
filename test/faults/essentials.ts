import { differences } from '../../audit/differences.ts'
import { webhookTestType } from '../../core/events/notified-types.ts'
import type { Activity } from '../../core/journal/activity.ts'
import { keyText } from '../../lambdas/store/keys.ts'
import type { Item } from '../../lambdas/store/table.ts'
import type { Outside } from './outside.ts'

/** Items that a table must have after any faults, field by field, except fields that depend on chance or on retries. */
export function essentials(items: readonly Item[], calls: number): Readonly<Record<string, unknown>> {
  // The list of deliveries may lack a test event, which an admin has seen in the answer itself.
  const kept = items.filter(({ type }) => type !== webhookTestType)
  return Object.fromEntries(
    kept.map((item) => [keyText({ pk: String(item.pk), sk: placeOf(item, calls) }), essenceOf(item, calls)]),
  )
}

/** The sort key. Two requests for a new secret are two acts, of which the last stands for both. */
function placeOf({ sk, activity }: Item, calls: number): string {
  const isReplaced = (activity as Activity | undefined)?.kind === 'webhook-secret-replaced'
  return isReplaced && calls > 1 ? 'ACTIVITY#webhook-secret-replaced' : String(sk)
}

function essenceOf(item: Item, calls: number): unknown {
  const sk = String(item.sk)
  if (placeOf(item, calls) !== sk) {
    const { sk: _, ...rest } = item
    return rest
  }
  if (sk.startsWith('DELIVERY#')) {
    const { status, eventId, endpointId, type, isResent } = item
    return { status, eventId, endpointId: String(endpointId).slice(0, 3), type, isResent }
  }
  if (sk === 'NOTIFICATIONS') {
    const { language, emails, webhooks } = item
    return {
      language,
      emails,
      webhooks: (webhooks as WebhookItem[]).map((webhook) => webhookEssence(webhook, calls)),
    }
  }
  // A repeated request that sets the settings again is another change, and may be counted.
  if (sk === 'CURSOR#setup') return { sk }
  return item
}

interface WebhookItem {
  readonly url: string
  readonly disabledAt?: number
  readonly previous?: { readonly secret: string }
}

/** Two requests for a new secret replace it twice; after one request, the previous secret is still stored. */
function webhookEssence({ url, disabledAt, previous }: WebhookItem, calls: number) {
  return { url, disabledAt, ...(calls === 1 && { previous: previous?.secret }) }
}

/** Notifications without repetitions. A repeated event must equal its first copy. */
export function notifiedFacts({ events, heard }: Outside): Readonly<Record<string, unknown>> {
  const byId = Object.fromEntries(events.map((event) => [event.eventId, event]))
  const contradicted = events.filter((event) => differences(event, byId[event.eventId]).length > 0)
  // Names of executions end in the hour at which a state machine was started.
  const subjects = [...heard].map((subject) =>
    subject.startsWith('execution ') ? subject.replace(/\.\d+$/, '') : subject,
  )
  return { ...byId, contradicted, heard: [...new Set(subjects)].sort() }
}
