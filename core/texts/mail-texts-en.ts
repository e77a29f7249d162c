import { alertFigure, alertLinks, alertSubject } from './alert-texts-en.ts'
import { type MailFacts, type MailTexts, usdText } from './mail-model.ts'
import { failedPaymentParagraphs, payText } from './payment-mail-text.ts'

/** The part of the rate card that a used-up free amount stops. */
const stopped = ({ meter, api, freeLimitStops }: MailFacts) =>
  freeLimitStops === 'api' ? `the whole API ${api}` : `the meter ${meter}`

/** The texts of mails to teams, in English. */
export const en: MailTexts = {
  UsageThresholdReached: ({ meter, percent, used, limit, ...stop }) => ({
    subject: `${percent} % of the free amount of ${meter} is used`,
    paragraphs: [
      `Your team has used ${used} of ${limit} free base units of ${meter} this month.`,
      `When all are used, ${stopped({ meter, ...stop })} stops until next month. With the paid plan, Flex tokens or pay-as-you-go pay for more.`,
    ],
  }),
  IncludedThresholdReached: ({ meter, percent, used, limit }) => ({
    subject: `${percent} % of the included amount of ${meter} is used`,
    paragraphs: [
      `Your team has used ${used} of ${limit} base units of ${meter} that its product subscriptions include this month.`,
      'Further use counts on the free amount, or is paid by Flex tokens or pay-as-you-go, as your plan says.',
    ],
  }),
  UsageBackUnder: ({ meter, percent, used, limit }) => ({
    subject: `${meter} is back under ${percent} % of its free amount`,
    paragraphs: [
      `Use of ${meter} that was reported by mistake was taken back.`,
      `Your team has now used ${used} of ${limit} free base units this month.`,
    ],
  }),
  CreditNoteIssued: ({ number, period, meter, usdCents, dueUsdCents }) => ({
    subject: `Credit note ${number} for your invoice of ${period}: ${usdText(usdCents)}`,
    paragraphs: [
      `Use of ${meter} on your invoice of ${period} was taken back: ${usdText(usdCents)}.`,
      `${usdText(dueUsdCents)} of it is no longer due; the rest is a credit on your next bill.`,
    ],
  }),
  FreeLimitReached: ({ meter, limit, resumesAt, ...stop }, minute) => ({
    subject: `The free amount of ${meter} is used up`,
    paragraphs: [
      `Your team has used all ${limit} free base units of ${meter} of this month. Calls on ${stopped({ meter, ...stop })} are refused until ${minute(resumesAt)}.`,
      'To go on before then, choose the paid plan with Flex tokens or pay-as-you-go in the developer hub.',
    ],
  }),
  TokensLow: ({ tokens, ofTokens }) => ({
    subject: `${tokens} Flex tokens are left`,
    paragraphs: [
      `Of your last purchase of ${ofTokens} tokens less than a fifth is left: your team has ${tokens} tokens.`,
      'Buy tokens in the developer hub, or enable pay-as-you-go, so that your apps do not stop.',
    ],
  }),
  TokensExhausted: () => ({
    subject: 'Your Flex tokens are used up',
    paragraphs: [
      'Your team has no Flex tokens left. Where pay-as-you-go does not pay, calls on rated APIs are refused.',
      'To go on, buy tokens in the developer hub or enable pay-as-you-go. Both need a credit card or PayPal as the payment method.',
    ],
  }),
  LotExpiring: ({ lotId, tokens, days, expiresAt }, minute) => ({
    subject: `${tokens} Flex tokens expire in ${days} days`,
    paragraphs: [
      `${tokens} tokens of purchase ${lotId} expire on ${minute(expiresAt)}. What is not used by then is lost.`,
    ],
  }),
  LotExpired: ({ lotId, tokens }) => ({
    subject: `${tokens} Flex tokens have expired`,
    paragraphs: [`${tokens} unused tokens of purchase ${lotId} have expired.`],
  }),
  InvoiceIssued: ({ period, usdCents, dueUsdCents }) => ({
    subject: `Your invoice for ${period}: ${usdText(dueUsdCents)}`,
    paragraphs: [
      `Pay-as-you-go use in ${period} totals ${usdText(usdCents)}; ${usdText(dueUsdCents)} is to be paid after credits.`,
      'We charge your payment method. The invoice and the entries behind each line are in the developer hub.',
    ],
  }),
  PaymentRetryComing: (facts, minute) => ({
    subject: `We will try the payment for ${facts.paymentReference} again`,
    paragraphs: [
      `We try the payment again on ${minute(facts.retryAt)}.`,
      ...failedPaymentParagraphs('en', facts, minute),
    ],
  }),
  PaymentFailed: (facts, minute) => ({
    subject: `A payment of ${usdText(facts.usdCents)} has failed`,
    paragraphs: [
      `The payment of ${usdText(facts.usdCents)} for ${facts.paymentReference} was declined.`,
      ...failedPaymentParagraphs('en', facts, minute),
    ],
  }),
  PurchaseRefunded: ({ purchaseId, usdCents, tokens }) => ({
    subject: `Purchase ${purchaseId} is refunded`,
    paragraphs: [
      `${usdText(usdCents)} for purchase ${purchaseId} goes back to your payment method.`,
      `${tokens} of its tokens were left. Those that running work does not hold are taken back now.`,
    ],
  }),
  PurchaseChargedBack: ({ purchaseId, usdCents, tokens, dueUsdCents, payUrl }) => ({
    subject: `The payment of purchase ${purchaseId} was charged back`,
    paragraphs: [
      `Your bank has taken back ${usdText(usdCents)} for purchase ${purchaseId}. ${tokens} of its tokens were left; those that running work does not hold are taken back now.`,
      `The tokens already spent are due: ${usdText(dueUsdCents)}. If they stay unpaid, calls on rated APIs will be refused.`,
      ...((dueUsdCents ?? 0) > 0 ? [payText('en', payUrl)] : []),
    ],
  }),
  TeamSuspended: ({ because, reason, ...facts }, minute) => ({
    subject: 'Your team is suspended',
    paragraphs:
      because === 'payment-overdue'
        ? [
            'A payment is still due after all tries. Calls on rated APIs are refused from now on.',
            ...failedPaymentParagraphs('en', { ...facts, isStopped: true }, minute),
            'This stop ends the moment everything that is overdue is paid.',
          ]
        : [`Your team was suspended: ${reason ?? 'no reason was given'}. Please contact support.`],
  }),
  TeamResumed: ({ because }) => ({
    subject: 'The suspension of your team has ended',
    paragraphs: [
      because === 'paid'
        ? 'Your payment has arrived, thank you. Calls on rated APIs are no longer refused because of it.'
        : 'An operator has ended the suspension. Calls are no longer refused because of it.',
    ],
  }),
  MigrationReminder: ({ apps, appIds, deadlineAt, notice }, minute) => ({
    subject:
      notice === 'announced'
        ? `Move to a developer hub by ${minute(deadlineAt)}`
        : `Reminder: move to a developer hub by ${minute(deadlineAt)}`,
    paragraphs: [
      `From ${minute(deadlineAt)} on, only apps in a developer hub of a team with a plan may call the APIs. ${apps} of your apps do not comply yet.`,
      ...((appIds?.length ?? 0) > 0 ? [`Apps: ${appIds?.join(', ')}`] : []),
      'Choose a plan, create your hub and move your apps; the developer hub shows each step.',
    ],
  }),
  AppSuspended: ({ appId }) => ({
    subject: 'Apps outside a developer hub have stopped',
    paragraphs: [
      `The deadline has passed and apps of your team do not comply, among them ${appId}. Their calls are refused.`,
      'An app works again once your team has a plan and the app is in its developer hub: both are needed.',
    ],
  }),
  AlertReached: (facts) => ({
    subject: `Alert: ${alertFigure(facts, facts.value)}`,
    paragraphs: [
      `${alertSubject(facts)}: ${alertFigure(facts, facts.value)}. Your team has set an alert at ${alertFigure(facts, facts.threshold)}.`,
      'You get no further mail about this threshold unless the figure leaves it and reaches it again. The developer hub shows the use behind it, and lets admins change the alert.',
      ...alertLinks(facts),
    ],
  }),
  AlertBackUnder: (facts) => ({
    subject: `Alert ended: ${alertFigure(facts, facts.value)}`,
    paragraphs: [
      `${alertSubject(facts)}: ${alertFigure(facts, facts.value)}. The alert of your team at ${alertFigure(facts, facts.threshold)} is no longer reached.`,
      ...alertLinks(facts),
    ],
  }),
  WebhookDisabled: ({ url }) => ({
    subject: 'A webhook of your team is switched off',
    paragraphs: [
      `We could not deliver to ${url} in eight tries and have switched it off.`,
      'When it answers again, resend a delivery or save your notification settings: that switches it on.',
    ],
  }),
  MemberInvited: ({ teamName, invitedBy, role }) => ({
    subject: `Invitation to the team ${teamName}`,
    paragraphs: [
      `${invitedBy ?? 'An operator'} invites you to the team ${teamName} as ${role === 'admin' ? 'an admin' : 'a developer'}.`,
      'Sign in to the developer hub with this e-mail address to accept or decline. Until you accept, you see nothing of the team.',
      'If you do not know the team, ignore this mail.',
    ],
  }),
}
