import type * as v from 'valibot'
import type { OperationId } from '../routes.ts'
import * as answers from './answers.ts'
import type { Call } from './call.ts'
import * as hub from './hub.ts'
import * as hubAnswers from './hub-answers.ts'
import * as members from './members.ts'
import * as metering from './metering.ts'
import * as notificationAnswers from './notification-answers.ts'
import * as notifications from './notifications.ts'
import * as ops from './ops.ts'
import * as opsAnswers from './ops-answers.ts'
import * as teamAnswers from './team-answers.ts'

/** A call with what it answers, for the OpenAPI document and the tests; no function loads this. */
export interface Operation {
  readonly call: Call
  readonly summary: string
  readonly status: number
  /** The status of a preview, where it differs. */
  readonly previewStatus?: number
  /** The component it is described as; absent where the answer has no body. */
  readonly answer?: { readonly name: string; readonly schema: v.GenericSchema }
  readonly example?: { readonly request?: unknown; readonly answer?: unknown }
  /** It can be refused by a rule (409). */
  readonly canConflict?: boolean
}

const answer = (name: string, schema: v.GenericSchema) => ({ name, schema })

export const operations: Readonly<Record<Exclude<OperationId, 'getOpenApi'>, Operation>> = {
  authorizeUsage: {
    call: metering.authorizeUsage,
    summary: 'Asks whether an app may use a meter now, and holds what it may cost. A "no" is a 200, too.',
    status: 200,
    answer: answer('Authorization', answers.authorizationAnswer),
    canConflict: true,
    example: {
      request: {
        authorizationId: 'job-7f3a',
        appId: 'plan-viewer',
        meter: 'automation-autocad',
        quantity: 720,
        holdSeconds: 3600,
      },
      answer: {
        authorizationId: 'job-7f3a',
        decision: 'allow',
        expiresAt: '2026-01-15T10:00:00Z',
        fundedBy: 'flex',
        remaining: 71280,
        warnings: [],
      },
    },
  },
  captureAuthorization: {
    call: metering.captureAuthorization,
    summary: 'Reports cumulative use against an authorization; a repeated or older report does no harm.',
    status: 200,
    answer: answer('Capture', answers.captureAnswer),
    example: {
      request: { used: 700, final: true },
      answer: { authorizationId: 'job-7f3a', used: 700, status: 'closed', charges: [] },
    },
  },
  voidAuthorization: {
    call: metering.voidAuthorization,
    summary: 'Gives back everything that an authorization still holds.',
    status: 204,
  },
  recordUsage: {
    call: metering.recordUsage,
    summary: 'Records work that was not authorized first: up to 1,000 CloudEvents, answered one by one.',
    status: 200,
    answer: answer('UsageResults', answers.usageAnswer),
    example: {
      request: [
        {
          specversion: '1.0',
          type: 'aps.usage.v1',
          source: 'urn:example:translation-service',
          id: 'run-0001',
          subject: 'plan-viewer',
          time: '2026-01-15T09:00:00Z',
          data: { meter: 'model-derivative-complex-job', quantity: 2 },
        },
      ],
      answer: {
        results: [
          {
            id: 'run-0001',
            source: 'urn:example:translation-service',
            status: 'recorded',
            charges: [{ source: 'flex', meter: 'model-derivative-complex-job', units: 1, tokens: 3 }],
          },
        ],
      },
    },
  },
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
  registerTeam: {
    call: ops.registerTeam,
    summary: 'Registers a team, or changes what pay-as-you-go depends on.',
    status: 200,
    answer: answer('Team', opsAnswers.teamAnswer),
    canConflict: true,
    example: {
      request: { name: 'Aoi Design', country: 'JP', paymentMethod: 'credit-card', standing: 'good' },
    },
  },
  registerApp: {
    call: ops.registerApp,
    summary: 'Registers an app, not yet in a hub.',
    status: 200,
    answer: answer('App', opsAnswers.appAnswer),
    canConflict: true,
  },
  publishRateCard: {
    call: ops.publishRateCard,
    summary: 'Publishes a rate card, at least 24 hours before it takes effect.',
    status: 201,
    answer: answer('PublishedRateCard', opsAnswers.publishedRateCardAnswer),
    canConflict: true,
  },
  getRateCard: {
    call: ops.getRateCard,
    summary: 'Every row in force at an instant (default: now).',
    status: 200,
    answer: answer('RateCard', opsAnswers.rateCardAnswer),
  },
  putCampaign: {
    call: ops.putCampaign,
    summary: 'Sets a migration campaign; the deadline of a running one may be moved.',
    status: 200,
    answer: answer('Campaign', opsAnswers.campaignAnswer),
  },
  getCampaign: {
    call: ops.getCampaign,
    summary: 'A migration campaign.',
    status: 200,
    answer: answer('Campaign', opsAnswers.campaignAnswer),
  },
  getCampaignProgress: {
    call: ops.getCampaignProgress,
    summary: 'How far a migration campaign has come: per step and per day, who does not comply.',
    status: 200,
    answer: answer('CampaignProgress', opsAnswers.campaignProgressAnswer),
  },
  suspendTeam: {
    call: ops.suspendTeam,
    summary: 'Suspends a team, with the reason that it will read.',
    status: 200,
    answer: answer('Suspension', opsAnswers.suspensionAnswer),
  },
  resumeTeam: { call: ops.resumeTeam, summary: "Ends a team's suspension.", status: 204 },
  adjustTeam: {
    call: ops.adjustTeam,
    summary: 'Gives tokens, or a credit on the next bill, with a reason.',
    status: 201,
    answer: answer('Adjustment', opsAnswers.adjustmentAnswer),
    canConflict: true,
  },
  reportPayment: {
    call: ops.reportPayment,
    summary: 'Reports how a payment ended.',
    status: 200,
    answer: answer('Payment', opsAnswers.paymentAnswer),
    canConflict: true,
  },
}
