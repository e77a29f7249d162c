import * as hub from './hub.ts'
import * as hubAnswers from './hub-answers.ts'
import * as members from './members.ts'
import * as notificationAnswers from './notification-answers.ts'
import * as notifications from './notifications.ts'
import { answer, type Operation } from './operation.ts'
import * as teamAnswers from './team-answers.ts'

/** What customers call. */
export const hubOperations = {
  getOffer: {
    call: hub.getOffer,
    summary: 'What is for sale: rates, prices, conditions and the campaign. Needs no token.',
    status: 200,
    answer: answer('Offer', teamAnswers.offerAnswer),
  },
  getTeam: {
    call: hub.getTeam,
    summary: 'Who the team is, whether it is suspended, and whether it may pay as it goes.',
    status: 200,
    answer: answer('TeamDetails', teamAnswers.teamDetailsAnswer),
  },
  getBalance: {
    call: hub.getBalance,
    summary: 'What the team may still use, holds, owes and has left over.',
    status: 200,
    answer: answer('Balance', hubAnswers.balanceAnswer),
  },
  getUsage: {
    call: hub.getUsage,
    summary: 'Daily use by meter and app; as CSV with Accept: text/csv.',
    status: 200,
    answer: answer('UsageRows', hubAnswers.usageRowsAnswer),
  },
  listEntries: {
    call: hub.listEntries,
    summary: 'The statement: every operation of the team, newest first.',
    status: 200,
    answer: answer('Entries', hubAnswers.entriesAnswer),
  },
  getOnboarding: {
    call: hub.getOnboarding,
    summary: 'Which steps of the migration are done, and which app works until when.',
    status: 200,
    answer: answer('Onboarding', hubAnswers.onboardingAnswer),
  },
  listInvoices: {
    call: hub.listInvoices,
    summary: 'The bills of the team.',
    status: 200,
    answer: answer('Invoices', hubAnswers.invoicesAnswer),
  },
  getInvoice: {
    call: hub.getInvoice,
    summary: 'The bill of one month.',
    status: 200,
    answer: answer('Invoice', hubAnswers.invoiceAnswer),
  },
  choosePlan: {
    call: hub.choosePlan,
    summary:
      'Chooses the plan: to paid at once, to free with the next month. With preview=true: what that would come to.',
    status: 200,
    answer: answer('Plan', hubAnswers.planAnswer),
    canConflict: true,
    example: {
      request: { plan: 'paid', payAsYouGo: true, spendLimitUsdCents: 50000 },
      answer: { plan: 'paid', payAsYouGo: true, spendLimitUsdCents: 50000 },
    },
  },
  purchaseTokens: {
    call: hub.purchaseTokens,
    summary:
      'Buys Flex tokens; they can be used once the payment has settled. With preview=true: what that would come to.',
    status: 201,
    previewStatus: 200,
    answer: answer('Purchase', hubAnswers.purchaseAnswer),
    canConflict: true,
    example: {
      request: { purchaseId: 'order-1001', tokens: 100 },
      answer: {
        purchaseId: 'order-1001',
        tokens: 100,
        unitPriceUsdCents: 300,
        usdCents: 30000,
        status: 'payment-pending',
      },
    },
  },
  limitApp: {
    call: hub.limitApp,
    summary: 'Limits what one app may use of a meter in a month; null lifts the limit.',
    status: 200,
    answer: answer('AppLimit', hubAnswers.limitAnswer),
    canConflict: true,
    example: { request: { meter: 'automation-autocad', perPeriod: 7200 } },
  },
  createHub: {
    call: hub.createHub,
    summary: "Creates, or renames, the team's developer hub.",
    status: 200,
    answer: answer('Hub', hubAnswers.hubAnswer),
    example: { request: { name: 'Aoi Design hub' } },
  },
  moveApps: {
    call: hub.moveApps,
    summary: 'Moves apps of the team into its developer hub.',
    status: 200,
    answer: answer('MovedApps', hubAnswers.movedAppsAnswer),
    canConflict: true,
    example: { request: { appIds: ['plan-viewer'] } },
  },
  listMembers: {
    call: members.listMembers,
    summary: 'The people of the team, at most 200.',
    status: 200,
    answer: answer('Members', teamAnswers.membersAnswer),
  },
  putMember: {
    call: members.putMember,
    summary: "Adds a member, or changes one's address or role.",
    status: 200,
    answer: answer('Member', teamAnswers.memberAnswer),
    canConflict: true,
    example: {
      request: { email: 'sora@example.com', role: 'developer' },
      answer: {
        memberId: 'sora',
        email: 'sora@example.com',
        role: 'developer',
        since: '2026-01-15T09:00:00Z',
      },
    },
  },
  removeMember: {
    call: members.removeMember,
    summary: 'Removes a member; the last admin stays.',
    status: 204,
    canConflict: true,
  },
  putNotifications: {
    call: notifications.putNotifications,
    summary:
      'Sets whom the team wants to be told; a new webhook gets a secret, which only this answer shows.',
    status: 200,
    answer: answer('Notifications', notificationAnswers.notificationsAnswer),
    example: {
      request: {
        language: 'en',
        emails: ['admin@example.com'],
        webhooks: [{ url: 'https://example.com/hooks/tollgate', types: ['TokensLow', 'TeamSuspended'] }],
      },
    },
  },
  getNotifications: {
    call: notifications.getNotifications,
    summary: 'Whom the team wants to be told.',
    status: 200,
    answer: answer('Notifications', notificationAnswers.notificationsAnswer),
  },
  rotateWebhookSecret: {
    call: notifications.rotateWebhookSecret,
    summary: "Replaces a webhook's secret; messages are signed with both for a day.",
    status: 200,
    answer: answer('WebhookSecret', notificationAnswers.webhookSecretAnswer),
  },
  listDeliveries: {
    call: notifications.listDeliveries,
    summary: 'What was brought to the team, newest first, with every try.',
    status: 200,
    answer: answer('Deliveries', notificationAnswers.deliveriesAnswer),
  },
  resendDelivery: {
    call: notifications.resendDelivery,
    summary: 'Sends a delivery again within a minute; success switches its webhook on again.',
    status: 202,
    answer: answer('Delivery', notificationAnswers.deliveryAnswer),
  },
} satisfies Record<string, Operation>
