import { differences } from '../../audit/differences.ts'
import { keyText } from '../../lambdas/store/keys.ts'
import type { Item } from '../../lambdas/store/table.ts'
import type { Outside } from './outside.ts'

/** What a table must hold, whatever happened on the way: every item, field by field, but for what chance or tries decide. */
export function essentials(items: readonly Item[], calls: number): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    items.map((item) => [keyText({ pk: String(item.pk), sk: String(item.sk) }), essenceOf(item, calls)]),
  )
}

function essenceOf(item: Item, calls: number): unknown {
  const sk = String(item.sk)
  if (sk.startsWith('DELIVERY#')) {
    const { status, eventId, endpointId, type, isResent } = item
    return { status, eventId, endpointId: String(endpointId).slice(0, 3), type, isResent }
  }
  if (sk === 'NOTIFICATIONS') {
    const { language, emails, webhooks } = item
    return {
      language,
      emails,
      webhooks: (webhooks as WebhookItem[]).map((one) => webhookEssence(one, calls)),
    }
  }
  return item
}

interface WebhookItem {
  readonly url: string
  readonly disabledAt?: number
  readonly previous?: { readonly secret: string }
}

/** Who asks for a new secret twice gets two; who asks once keeps the old one beside it. */
function webhookEssence({ url, disabledAt, previous }: WebhookItem, calls: number) {
  return { url, disabledAt, ...(calls === 1 && { previous: previous?.secret }) }
}

/** What was told, each thing once, however often: an event that comes again says the same. */
export function notifiedFacts({ events, heard }: Outside): Readonly<Record<string, unknown>> {
  const byId = Object.fromEntries(events.map((event) => [event.eventId, event]))
  const contradicted = events.filter((event) => differences(event, byId[event.eventId]).length > 0)
  // Names of executions end in the hour at which a state machine was started.
  const subjects = [...heard].map((one) => (one.startsWith('execution ') ? one.replace(/\.\d+$/, '') : one))
  return { ...byId, contradicted, heard: [...new Set(subjects)].sort() }
}
