import { type OperationId, routes } from '../../contract/routes.ts'
import type { DeployedFunction } from '../../lib/functions.ts'
import { good, type Sent } from '../support/ask.ts'
import type { Operation } from './operation.ts'
import { nightBudget, personClaims, type StateName, usageEvent } from './states.ts'

interface Asked {
  readonly state?: StateName
  readonly sent?: Sent
  readonly makes?: Operation['makes']
  readonly name?: string
  readonly isRepeatable?: false
  /** The code of a refusal that tells a caller who lost the answer that the call was done. */
  readonly doneCode?: string
  readonly mayLag?: string
  readonly isRead?: true
  readonly essence?: (body: never) => unknown
}

const autocad = 'automation-autocad'
const ids = ({ results }: { results: { id: string; status: string }[] }) =>
  results.map(({ id, status }) => ({ id, isTaken: status === 'recorded' || status === 'duplicate' }))

/** A capture that is repeated charges nothing, and says so. */
const state = ({ used, status }: { used: number; status: string }) => ({ used, status })

interface SettledRow {
  readonly status: number
  readonly capture?: { readonly used: number; readonly status: string; readonly renewed: SettledRow }
  readonly authorization?: { readonly decision: string; readonly expiresAt: string }
}

/** A repeated settlement charges nothing, and grants the same. */
const settled = ({ results }: { results: readonly SettledRow[] }) =>
  results.map(({ status, capture, authorization }) => ({
    status,
    capture: capture && { ...state(capture), renewed: capture.renewed.authorization },
    authorization,
  }))

/** Calls that write. Those that only read need no separate row. */
const writes: Readonly<Partial<Record<OperationId, Asked | readonly Asked[]>>> = {
  authorizeUsage: [
    {
      state: 'scarce',
      name: 'authorizeUsage, the last unit',
      sent: { body: { authorizationId: 'last', appId: 'viewer', meter: autocad, quantity: 720 } },
      makes: { authorization: 1 },
    },
    {
      state: 'scarce',
      name: 'authorizeUsage, refused',
      sent: { body: { authorizationId: 'much', appId: 'viewer', meter: autocad, quantity: 72_000 } },
      isRead: true,
    },
  ],
  captureAuthorization: [
    {
      name: 'captureAuthorization, partial',
      sent: { body: { used: 3_000 } },
      makes: { capture: 1 },
      essence: state,
    },
    {
      name: 'captureAuthorization, final',
      sent: { body: { used: 7_200, final: true } },
      makes: { capture: 1 },
      essence: state,
    },
  ],
  voidAuthorization: { makes: { void: 1 } },
  settleUsage: [
    {
      name: 'settleUsage, a renewal and an authorization',
      sent: {
        body: {
          rows: [
            {
              kind: 'capture',
              authorizationId: 'a1',
              used: 7_200,
              renew: { authorizationId: 'a2', quantity: 720 },
            },
            { kind: 'authorization', authorizationId: 'a3', appId: 'viewer', meter: autocad, quantity: 720 },
          ],
        },
      },
      makes: { capture: 1, authorization: 2 },
      essence: settled,
    },
    {
      state: 'scarce',
      name: 'settleUsage, refused',
      sent: {
        body: {
          rows: [
            {
              kind: 'authorization',
              authorizationId: 'b1',
              appId: 'viewer',
              meter: autocad,
              quantity: 72_000,
            },
          ],
        },
      },
      isRead: true,
    },
  ],
  // A caller whose first answer was lost is informed that its events are known.
  recordUsage: {
    sent: { body: [usageEvent('one', 800), usageEvent('two', 2_000), usageEvent('earlier', 1_500)] },
    makes: { usage: 2 },
    essence: ids,
  },
  choosePlan: [
    {
      state: 'hub',
      name: 'choosePlan, to paid',
      sent: { body: { plan: 'paid' } },
      makes: { 'plan-changed': 1 },
    },
    { name: 'choosePlan, to free', sent: { body: { plan: 'free' } }, makes: { 'plan-changed': 1 } },
  ],
  purchaseTokens: [
    {
      name: 'purchaseTokens, paid at once',
      sent: { body: { purchaseId: 'second', tokens: 300 } },
      makes: { purchase: 1, 'lot-granted': 1 },
    },
    {
      state: 'ordered',
      name: 'purchaseTokens, paid later',
      sent: { body: { purchaseId: 'third', tokens: 300 } },
      makes: { purchase: 1 },
    },
  ],
  payPurchase: { state: 'declined', makes: { 'payment-requested': 1 } },
  giveUpPurchase: { state: 'declined', makes: { 'purchase-given-up': 1 } },
  makeBudget: {
    sent: { body: nightBudget },
    makes: { 'budget-made': 1 },
    // A repeat brings no key, because only its hash is stored.
    essence: ({ budgetId, tokens }: { budgetId: string; tokens: number }) => ({ budgetId, tokens }),
  },
  revokeBudget: {
    state: 'budgeted',
    sent: { params: { budgetId: 'night' } },
    makes: { 'budget-revoked': 1 },
  },
  limitApp: { sent: { body: { meter: autocad, perPeriod: 50_000 } }, makes: { 'limit-set': 1 } },
  createHub: [
    { state: 'registered', sent: { body: { name: 'Hub' } }, makes: { 'hub-named': 1 } },
    { name: 'createHub, another name', sent: { body: { name: 'Renamed' } }, makes: { 'hub-named': 1 } },
  ],
  putMember: {
    state: 'people',
    sent: { params: { memberId: 'riku' }, body: { email: 'riku@example.com', role: 'developer' } },
  },
  removeMember: { state: 'people', sent: { params: { memberId: 'umi' } } },
  acceptMembership: { state: 'people', sent: { claims: personClaims('umi') } },
  leaveTeam: { state: 'people', sent: { claims: personClaims('umi') } },
  chooseTeam: { state: 'joined', sent: { body: { teamId: 'bolt' }, claims: personClaims('sora') } },
  // Repeated, it says that the app is there already.
  moveApps: {
    state: 'hub',
    sent: { body: { appIds: ['viewer'] } },
    makes: { 'app-moved': 1 },
    essence: () => 0,
  },
  // The threshold is reached already, so the call that sets it also notes that.
  putAlerts: {
    sent: { body: { alerts: [{ alertId: 'low', measure: 'tokens-left', threshold: 1_000 }] } },
    makes: { 'alert-noted': 1 },
  },
  // Secrets are made by chance, and shown once.
  putNotifications: {
    sent: {
      body: { language: 'ja', emails: ['a@example.com'], webhooks: [{ url: 'https://a.example.com/' }] },
    },
    essence: () => 0,
  },
  rotateWebhookSecret: { state: 'notified', isRepeatable: false, essence: () => 0 },
  testWebhook: { state: 'notified', isRepeatable: false, doneCode: 'TESTED_JUST_NOW', essence: () => 0 },
  resendDelivery: { state: 'undelivered', sent: { params: { deliveryId: '000000009.001.email' } } },
  listTeams: { ...(good.listTeams && { sent: good.listTeams }), isRead: true },
  registerTeam: [
    {
      state: 'empty',
      sent: { body: { name: 'Acme', country: 'US', paymentMethod: 'none', standing: 'good' } },
      makes: { 'team-changed': 1 },
    },
    {
      name: 'registerTeam, another name',
      sent: { body: { name: 'Acme AG', country: 'CH', paymentMethod: 'paypal', standing: 'good' } },
      makes: { 'team-changed': 1 },
    },
  ],
  registerApp: { sent: { params: { appId: 'other' }, body: { teamId: 'acme', name: 'Other' } } },
  publishRateCard: { ...(good.publishRateCard && { sent: good.publishRateCard }) },
  publishIncludedAmounts: { ...(good.publishIncludedAmounts && { sent: good.publishIncludedAmounts }) },
  whatIf: { ...(good.whatIf && { sent: good.whatIf }), isRead: true },
  quoteUse: {
    sent: { body: { quoteId: 'q1', appId: 'viewer', meter: autocad, quantity: 720 } },
  },
  previewRateCard: { ...(good.previewRateCard && { sent: good.previewRateCard }), isRead: true },
  publishPriceList: { ...(good.publishPriceList && { sent: good.publishPriceList }) },
  publishUnratedApis: { ...(good.publishUnratedApis && { sent: good.publishUnratedApis }) },
  publishPayAsYouGoCountries: {
    ...(good.publishPayAsYouGoCountries && { sent: good.publishPayAsYouGoCountries }),
  },
  setSubscriptions: {
    ...(good.setSubscriptions && { sent: good.setSubscriptions }),
    makes: { 'subscriptions-changed': 1 },
  },
  putCampaign: { ...(good.putCampaign && { sent: good.putCampaign }) },
  suspendTeam: { sent: { body: { reason: 'abuse' } }, makes: { suspended: 1 } },
  resumeTeam: { state: 'suspended', makes: { resumed: 1 } },
  adjustTeam: [
    {
      name: 'adjustTeam, tokens',
      sent: { body: { adjustmentId: 'x', tokens: 5, reason: 'goodwill' } },
      makes: { adjustment: 1, 'lot-granted': 1 },
    },
    {
      name: 'adjustTeam, money',
      sent: { body: { adjustmentId: 'y', usdCents: 500, reason: 'goodwill' } },
      makes: { adjustment: 1 },
    },
  ],
  reverseUsage: [
    {
      name: 'reverseUsage, a usage event',
      state: 'paid',
      sent: { body: { reversalId: 'r1', source: 'urn:test', id: 'earlier', reason: 'sent twice' } },
      makes: { reversal: 1 },
    },
    {
      name: 'reverseUsage, an authorization',
      state: 'paid',
      sent: { body: { reversalId: 'r2', authorizationId: 'a1', reason: 'a mistake' } },
      makes: { reversal: 1 },
    },
  ],
  reportPayment: [
    {
      state: 'ordered',
      name: 'reportPayment, of a purchase',
      sent: { body: { paymentId: 'p1', invoiceOrPurchaseId: 'acme~later', status: 'settled' } },
      makes: { payment: 1, 'lot-granted': 1 },
    },
    {
      name: 'reportPayment, refunded',
      sent: { body: { paymentId: 'p3', invoiceOrPurchaseId: 'acme~first', status: 'refunded' } },
      // One unit was captured, and the open authorization holds nine more.
      makes: { payment: 1, 'tokens-taken-back': 1 },
    },
    {
      state: 'billed',
      name: 'reportPayment, of a bill',
      sent: { body: { paymentId: 'p2', invoiceOrPurchaseId: 'acme~invoice:2026-02', status: 'failed' } },
      makes: { payment: 1 },
    },
    {
      state: 'unpaid',
      name: 'reportPayment, settled after it failed',
      sent: { body: { paymentId: 'x1', invoiceOrPurchaseId: 'acme~invoice:2026-02', status: 'settled' } },
      // The first warning fell due before the payment.
      makes: { payment: 1, 'payment-recovery': 1 },
    },
  ],
}

/** Input of a reading call, in addition to its path. */
const reads: Readonly<Partial<Record<OperationId, Asked>>> = {
  getUsage: { sent: { query: { from: '2026-02-01', to: '2026-02-28' } } },
  getInvoice: { state: 'billed', sent: { params: { period: '2026-02' } } },
  listEntries: { mayLag: 'the statement may be moments behind; nothing is decided on it' },
  listMembers: { state: 'people' },
  getMe: { state: 'joined', sent: { claims: personClaims('sora') } },
  listInvoices: { state: 'billed' },
  listPurchases: { state: 'declined' },
  getFocusExport: { state: 'billed', sent: { query: { from: '2026-02', to: '2026-02' } } },
  getReceipt: { sent: { params: { purchaseId: 'first' } } },
  getNotifications: { state: 'notified' },
  listDeliveries: { state: 'undelivered' },
  getCampaign: { sent: { params: { campaignId: 'aps-2025' } } },
  getIncludedAmounts: { state: 'published' },
  listCampaigns: { state: 'told' },
  listMoney: { sent: { query: { list: 'due' } } },
  getCampaignProgress: { state: 'told', sent: { params: { campaignId: 'aps-2025' } } },
}

/** Calls and functions that ask nothing of the table, so none of its faults can reach them. */
export const withoutTable: ReadonlySet<OperationId | DeployedFunction> = new Set([
  'classifyRequest',
  'getOpenApi',
  'getMcpResource',
  'listDeadLetters',
  // Its calls of other functions are proved elsewhere.
  'redriveDeadLetters',
  'add-person',
])

function ofRoute(operationId: OperationId, asked: Asked, isRead: boolean): Operation {
  return {
    name: asked.name ?? operationId,
    covers: operationId,
    state: asked.state ?? 'paid',
    makes: asked.makes ?? {},
    ...(isRead && { isRead }),
    ...(asked.mayLag !== undefined && { mayLag: asked.mayLag }),
    ...(asked.isRepeatable === false && { isRepeatable: false }),
    run: async (instance) => {
      const answer = await instance.call(operationId, asked.sent)
      const { code } = Object(answer.body) as { code?: unknown }
      return asked.doneCode !== undefined && code === asked.doneCode ? { ...answer, status: 200 } : answer
    },
    ...(asked.essence && { essence: asked.essence as (body: unknown) => unknown }),
  }
}

/** Every call but those that ask nothing of the table: what writes must be named above. */
export const callOperations: readonly Operation[] = [
  ...routes.flatMap(({ operationId, method }) => {
    if (withoutTable.has(operationId)) return []
    const written = writes[operationId]
    if (written !== undefined)
      return [written]
        .flat()
        .map((asked) => ofRoute(operationId, asked as Asked, (asked as Asked).isRead === true))
    if (method !== 'GET') return []
    return [ofRoute(operationId, reads[operationId] ?? {}, true)]
  }),
]
