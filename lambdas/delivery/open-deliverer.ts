import { realClock } from '../runtime/clock.ts'
import type { Deps } from '../runtime/deps.ts'
import { readMailFrom, readPageUrl } from '../runtime/env.ts'
import { DeliveryStore } from '../store/deliveries.ts'
import { InvitationMails } from '../store/invitation-mails.ts'
import { NotificationStore } from '../store/notifications.ts'
import { Deliverer } from './deliverer.ts'
import { mailSender } from './send-mail.ts'
import { webhookSender } from './send-webhook.ts'
import { openWebhookSecrets } from './webhook-secrets.ts'

/** The deliverer of a function, and its store. */
export function openDeliverer({ clock, table, operations, isLocal }: Deps) {
  const mailFrom = readMailFrom()
  const deliveries = new DeliveryStore(table)
  const deliverer = new Deliverer({
    clock,
    realClock: isLocal ? realClock : clock,
    notifications: new NotificationStore(table),
    deliveries,
    invitations: new InvitationMails(table),
    secrets: openWebhookSecrets(clock),
    sendWebhook: webhookSender(isLocal),
    sendMail: mailFrom === undefined ? undefined : mailSender(mailFrom),
    pageUrl: readPageUrl(),
    countryOf: async (teamId) => (await operations.load(teamId))?.profile.country,
  })
  return { deliverer, deliveries }
}
