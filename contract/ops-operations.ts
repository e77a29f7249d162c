import { answer, type Operation } from './operation.ts'
import * as ops from './ops.ts'
import * as opsAnswers from './ops-answers.ts'

/** What operators call. */
export const opsOperations = {
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
} satisfies Record<string, Operation>
