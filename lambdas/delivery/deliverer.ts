import { createHash } from 'node:crypto'
import { outcomes } from '../../core/texts/delivery-texts.ts'
import type { MailFacts } from '../../core/texts/mail-model.ts'
import { isMailed, isMailedType, mailText } from '../../core/texts/mail-text.ts'
import type { Language } from '../../core/texts/texts-model.ts'
import type { Instant } from '../../core/time/time.ts'
import type { Clock } from '../runtime/clock.ts'
import { logger } from '../runtime/log.ts'
import { metrics } from '../runtime/metrics.ts'
import type { DeliveryStore } from '../store/deliveries.ts'
import {
  type Delivery,
  deliveryIdOf,
  emailEndpoint,
  invitationEndpoint,
  triesMax,
} from '../store/delivery.ts'
import type { InvitationMails } from '../store/invitation-mails.ts'
import type { NotificationStore, Notifications, Webhook } from '../store/notifications.ts'
import { localTime, zoneOf } from './local-time.ts'
import { mailFacts } from './mail-facts.ts'
import type { SendMail } from './send-mail.ts'
import type { SendWebhook, WebhookAnswer } from './send-webhook.ts'
import { toWebhookRequest } from './webhook-message.ts'
import type { WebhookSecrets } from './webhook-secrets.ts'

export interface DelivererParts {
  readonly clock: Clock
  /** Real time, with which receivers compare the timestamp of a webhook; a test clock differs from it. */
  readonly realClock: Clock
  readonly notifications: NotificationStore
  readonly deliveries: DeliveryStore
  readonly invitations: Pick<InvitationMails, 'find'>
  readonly secrets: WebhookSecrets
  readonly sendWebhook: SendWebhook
  /** Absent if no sender address is set: then no mail is sent. */
  readonly sendMail?: SendMail
  /** URL of the developer hub page, to which mails link. Absent: they name the page alone. */
  readonly pageUrl?: string | undefined
  /** Finds a team's country, whose local time its mails show. Absent: mails in English show UTC alone. */
  readonly countryOf?: (teamId: string) => Promise<string | undefined>
}

/** An event as it was on the bus. */
export interface NotifiedEvent {
  readonly type: string
  readonly detail: Readonly<Record<string, unknown>> & { readonly id: string; readonly teamId: string }
}

/** The end of a try; `isFinal`: no further try can do better. */
interface Ending {
  readonly outcome: string
  readonly isDelivered: boolean
  readonly isFinal?: boolean
  /** Nothing was sent, because there is no address to send it to. */
  readonly isUntried?: boolean
  /** Digests of the addresses that have the mail, of this try and of those before. */
  readonly sentTo?: readonly string[]
}

const untried = (outcome: string): Ending => ({ outcome, isDelivered: false, isFinal: true, isUntried: true })

const gone = 410
const digestCharsMax = 16

/**
 * Delivers events to a team's endpoints. A delivery is stored before the first try, and the next try is planned before one
 * begins, so a delivery goes on after any crash. Receivers recognize a repeat by its id.
 */
export class Deliverer {
  private readonly parts: DelivererParts

  constructor(parts: DelivererParts) {
    this.parts = parts
  }

  /** Stores and tries the deliveries of an event, once per event and endpoint. */
  async tell(event: NotifiedEvent): Promise<void> {
    const notifications = await this.parts.notifications.load(event.detail.teamId)
    const endpoints = this.endpointsOf(notifications, event)
    await Promise.all(endpoints.map((endpointId) => this.start(toDelivery(event, endpointId))))
  }

  /** Makes the next try of a delivery, unless somebody else has begun it. */
  async attempt(delivery: Delivery): Promise<void> {
    const { clock, deliveries, notifications } = this.parts
    if (delivery.status !== 'pending') return
    const begun = await deliveries.begin(delivery, clock.now())
    if (begun === undefined) return
    const settings = await notifications.load(delivery.teamId)
    const ending = await this.send(begun, settings)
    const { outcome, isDelivered, isFinal } = ending
    const isOver = isFinal === true || begun.tries >= triesMax
    if (ending.isUntried !== true) count(begun, ending, isOver)
    const status = isDelivered ? 'delivered' : isOver ? 'failed' : 'pending'
    await deliveries.end(begun, { status, sentTo: ending.sentTo }, { at: clock.now(), outcome })
    const webhook = settings.webhooks.find(({ webhookId }) => webhookId === delivery.endpointId)
    if (webhook === undefined) return
    if (status === 'failed') await this.disable(begun, webhook)
    if (status === 'delivered' && webhook.disabledAt !== undefined) await this.enable(begun, webhook)
  }

  private endpointsOf(
    { emails, webhooks }: Notifications,
    { type, detail }: NotifiedEvent,
  ): readonly string[] {
    const isWritten =
      this.parts.sendMail !== undefined && emails.length > 0 && isMailed(type, detail.id, mailFacts(detail))
    const called = webhooks.filter(
      ({ types, disabledAt }) => disabledAt === undefined && (types === undefined || types.includes(type)),
    )
    return [...(isWritten ? [emailEndpoint] : []), ...called.map(({ webhookId }) => webhookId)]
  }

  private async start(delivery: Delivery): Promise<void> {
    if (await this.parts.deliveries.add(delivery, this.parts.clock.now())) await this.attempt(delivery)
  }

  private async send(delivery: Delivery, settings: Notifications): Promise<Ending> {
    if (delivery.endpointId === invitationEndpoint) return this.invite(delivery, settings.language)
    if (delivery.endpointId.startsWith(emailEndpoint)) return this.mail(delivery, settings)
    const webhook = settings.webhooks.find(({ webhookId }) => webhookId === delivery.endpointId)
    const isOff = webhook?.disabledAt !== undefined && !delivery.isResent
    if (webhook === undefined || isOff) return untried(outcomes.switchedOff())
    const answer = await this.call(delivery, webhook)
    if ('fault' in answer) return { outcome: answer.fault, isDelivered: false }
    const { status } = answer
    return {
      outcome: outcomes.status(status),
      isDelivered: status >= 200 && status < 300,
      isFinal: status === gone,
    }
  }

  private async call(delivery: Delivery, webhook: Webhook): Promise<WebhookAnswer> {
    const { clock, realClock, secrets, sendWebhook } = this.parts
    const now = clock.now()
    const receiver = { url: webhook.url, secrets: await secrets.goodAt(now, delivery.teamId, webhook) }
    return sendWebhook(toWebhookRequest(delivery, receiver, realClock.now()))
  }

  /** Sends one mail to each address that has none yet, so that an address that is refused stops no other. */
  private async mail(delivery: Delivery, { emails, language }: Notifications): Promise<Ending> {
    const { sendMail, countryOf } = this.parts
    if (sendMail === undefined || emails.length === 0 || !isMailedType(delivery.type))
      return untried(outcomes.nobody())
    const country = language === 'ja' ? undefined : await countryOf?.(delivery.teamId)
    const zone = zoneOf(language, country)
    const timeOf = zone && ((at: string) => localTime(at, zone))
    const facts = { ...mailFacts(delivery.detail), ...this.links(delivery.teamId) }
    const { subject, paragraphs } = mailText(delivery.type, language, facts, timeOf)
    const text = `${paragraphs.join('\n\n')}\n`
    const before = delivery.sentTo ?? []
    const open = emails.filter((to) => !before.includes(digestOf(to)))
    const tried = await Promise.all(
      open.map(async (to) => ({ to, fault: await sendMail({ to, subject, text }) })),
    )
    const faults = tried.flatMap(({ fault }) => fault ?? [])
    const [fault] = faults
    const sent = tried.filter(({ fault }) => fault === undefined).map(({ to }) => digestOf(to))
    const sentTo = [...before, ...sent]
    if (fault === undefined) return { outcome: outcomes.sent(), isDelivered: true, sentTo }
    const isPart = emails.length > 1
    const outcome = isPart ? outcomes.mailPartlyRefused(fault, faults.length, emails.length) : fault
    return { outcome, isDelivered: false, sentTo }
  }

  private links(teamId: string): Pick<MailFacts, 'payUrl' | 'usageUrl' | 'alertsUrl'> {
    const { pageUrl } = this.parts
    if (pageUrl === undefined) return {}
    const team = `${pageUrl}/teams/${teamId}`
    return {
      payUrl: `${team}/invoices`,
      usageUrl: `${team}/usage`,
      alertsUrl: `${team}/notifications`,
    }
  }

  /** Writes to an invited person in the team's language, as long as the invitation is open. */
  private async invite(delivery: Delivery, language: Language): Promise<Ending> {
    const { sendMail, invitations } = this.parts
    const found = await invitations.find(delivery)
    if (sendMail === undefined || found === undefined) return untried(outcomes.nobody())
    const { subject, paragraphs } = mailText('MemberInvited', language, found.facts)
    const fault = await sendMail({ to: found.to, subject, text: `${paragraphs.join('\n\n')}\n` })
    return { outcome: fault ?? outcomes.sent(), isDelivered: fault === undefined }
  }

  /** Switches a webhook off, once, and tells the team by mail. */
  private async disable(delivery: Delivery, { webhookId, url }: Webhook): Promise<void> {
    const now = this.parts.clock.now()
    const isChanged = await this.mark(delivery.teamId, webhookId, now)
    if (!isChanged || this.parts.sendMail === undefined) return
    const { eventId, teamId, detail } = delivery
    const told = { id: eventId, teamId, at: detail.at, url }
    const notice = toDelivery({ type: 'WebhookDisabled', detail: told }, `${emailEndpoint}.${webhookId}`)
    const { emails } = await this.parts.notifications.load(teamId)
    if (emails.length > 0) await this.start(notice)
  }

  private async enable({ teamId }: Delivery, { webhookId }: Webhook): Promise<void> {
    await this.mark(teamId, webhookId, undefined)
  }

  /** Returns false if the webhook was already switched off, or is gone. */
  private async mark(teamId: string, webhookId: string, disabledAt: Instant | undefined): Promise<boolean> {
    let isChanged = false
    await this.parts.notifications.change(teamId, (before) => {
      const found = before.webhooks.find((webhook) => webhook.webhookId === webhookId)
      isChanged = found !== undefined && (found.disabledAt === undefined) !== (disabledAt === undefined)
      if (!isChanged) return before
      const webhooks = before.webhooks.map((webhook) =>
        webhook === found ? { ...webhook, disabledAt } : webhook,
      )
      return { ...before, webhooks }
    })
    return isChanged
  }
}

/** Names an address in a delivery without the address itself. */
function digestOf(email: string): string {
  return createHash('sha256').update(email).digest('base64url').slice(0, digestCharsMax)
}

/** Logs a failed try, with its caller's name for the work that caused the event. */
function count(delivery: Delivery, { outcome, isDelivered }: Ending, isOver: boolean): void {
  const { teamId, deliveryId, endpointId, tries, detail } = delivery
  const isMail = endpointId.startsWith(emailEndpoint)
  if (isDelivered) {
    metrics.add(isMail ? 'MailsSent' : 'WebhooksDelivered')
    return
  }
  metrics.add(isMail ? 'MailFailures' : 'WebhookFailures')
  if (isOver && !isMail) metrics.add('WebhookGiveUps')
  const { correlationId } = detail
  logger.warn({ message: 'not delivered', correlationId, teamId, deliveryId, tries, outcome, isOver })
}

function toDelivery({ type, detail }: NotifiedEvent, endpointId: string): Delivery {
  const { id: eventId, teamId } = detail
  const deliveryId = deliveryIdOf(eventId, endpointId)
  const fresh = { status: 'pending', tries: 0, attempts: [], isResent: false } as const
  return { teamId, deliveryId, endpointId, eventId, type, detail, ...fresh }
}
