import type { NotificationsAnswer as Notifications } from '../../../contract/notifications.ts'
import { toldTypes } from '../../../core/events/told-types.ts'
import type { Body } from '../../api/client.ts'

export type Settings = Body<'putNotifications'>
export type Webhook = Notifications['webhooks'][number]
export type EventType = NonNullable<NonNullable<Settings['webhooks'][number]['types']>[number]>

/** Whether an event is one that teams are told of, so that it has a name in both languages. */
export const isEventType = (type: string): type is EventType => toldTypes.some((known) => known === type)

/** The settings as they are, to be sent back as a whole with one part changed. */
export function settingsOf({ language, emails, webhooks }: Notifications): Settings {
  return {
    language,
    emails: [...emails],
    webhooks: webhooks.map(({ url, types }) => ({ url, ...(types && { types: types.filter(isEventType) }) })),
  }
}
