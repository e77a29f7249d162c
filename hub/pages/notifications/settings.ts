import type { NotificationsAnswer as Notifications } from '../../../contract/notifications.ts'
import { notifiedTypes, webhookTestType } from '../../../core/events/notified-types.ts'
import type { Body } from '../../api/client.ts'

export type Settings = Body<'putNotifications'>
export type Webhook = Notifications['webhooks'][number]
export type EventType = NonNullable<NonNullable<Settings['webhooks'][number]['types']>[number]>

/** Returns true for an event type that teams can subscribe to. */
export const isEventType = (type: string): type is EventType => notifiedTypes.some((known) => known === type)

/** Returns true for a type of messages, test events included, that has a name in both languages. */
export const isNamed = (type: string): type is EventType | typeof webhookTestType =>
  type === webhookTestType || isEventType(type)

/** Returns the current settings as a request body. The API takes all settings at once. */
export function settingsOf({ language, emails, webhooks }: Notifications): Settings {
  return {
    language,
    emails: [...emails],
    webhooks: webhooks.map(({ url, types }) => ({ url, ...(types && { types: types.filter(isEventType) }) })),
  }
}
