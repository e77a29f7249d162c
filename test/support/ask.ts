import type { Operation } from '../../contract/operation.ts'
import type { Route } from '../../contract/route.ts'
import { routes as allRoutes } from '../../contract/routes.ts'
import type { HttpEvent } from '../../lambdas/http/event.ts'
import type { Outcome } from '../../lambdas/http/outcome.ts'
import { route } from '../../lambdas/http/route.ts'
import { sendMetricsTo } from '../../lambdas/runtime/metrics.ts'

// Tests of metrics capture the lines themselves.
sendMetricsTo(() => {})

/** Changes to an empty request with every scope. */
export interface Sent {
  body?: unknown
  text?: string
  headers?: Record<string, string>
  params?: Record<string, string>
  query?: Record<string, string>
  claims?: Record<string, unknown> | null
}

const path = {
  teamId: 'acme',
  appId: 'viewer',
  authorizationId: 'a1',
  period: '2027-01',
  version: 'v1',
  campaignId: 'c1',
  webhookId: 'wh-1',
  deliveryId: '000000001.000.email',
  memberId: 'sora',
  purchaseId: 'later',
  budgetId: 'b',
}
export const everyScope = {
  scope: 'aps:meter hub:read hub:write ops:admin',
  team: 'acme',
  role: 'admin',
  sub: 'someone',
}

/** An event in API Gateway's form for an operation. Parameters that are not in its path are omitted. */
export function event(operationId: string, sent: Sent = {}): HttpEvent {
  const found = allRoutes.find((route) => route.operationId === operationId) as Route
  const names = [...found.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] as keyof typeof path)
  const params = { ...Object.fromEntries(names.map((name) => [name, path[name]])), ...sent.params }
  const claims = sent.claims === undefined ? everyScope : sent.claims
  return {
    routeKey: `${found.method} ${found.path}`,
    rawPath: found.path,
    headers: { 'content-type': 'application/json', ...sent.headers },
    pathParameters: params,
    queryStringParameters: sent.query,
    body: sent.text ?? (sent.body === undefined ? undefined : JSON.stringify(sent.body)),
    isBase64Encoded: false,
    requestContext: { requestId: 'request-1', ...(claims && { authorizer: { jwt: { claims } } }) },
  }
}

/** Calls an operation with a handler that returns its input. */
export async function ask({ call }: Operation, sent: Sent, outcome?: Outcome) {
  let input: unknown
  const handler = route(call, (given) => {
    input = given
    return outcome ?? { status: 200, body: {} }
  })
  const response = await handler(event(call.route.operationId, sent))
  return {
    ...response,
    input: input as { body: never; query: never },
    json: response.body ? JSON.parse(response.body) : undefined,
  }
}

/** A valid request for each call that needs more than its path. */
export const good: Record<string, Sent> = {
  authorizeUsage: { body: { authorizationId: 'a', appId: 'b', meter: 'm', quantity: 1 } },
  captureAuthorization: { body: { used: 0 } },
  settleUsage: { body: { rows: [{}] } },
  recordUsage: { body: [{}] },
  classifyRequest: { body: { method: 'GET', path: '/modelderivative/v2/designdata/formats' } },
  getUsage: { query: { from: '2027-01-01', to: '2027-01-31' } },
  getFocusExport: { query: { from: '2027-01', to: '2027-01' } },
  quoteUse: { body: { quoteId: 'q1', appId: 'a', meter: 'm', quantity: 1 } },
  whatIf: { body: { use: { month: '2026-01' } } },
  choosePlan: { body: { plan: 'paid' } },
  purchaseTokens: { body: { purchaseId: 'p', tokens: 100 } },
  makeBudget: {
    body: {
      budgetId: 'b',
      name: 'Agent',
      appId: 'a',
      every: 'day',
      tokens: 1,
      endsAt: '2027-01-01T00:00:00Z',
    },
  },
  limitApp: { body: { meter: 'm', perPeriod: null } },
  createHub: { body: { name: 'ハブ' } },
  moveApps: { body: { appIds: ['a', 'b'] } },
  chooseTeam: { body: { teamId: 'acme' } },
  putMember: { body: { email: 'sora@example.com', role: 'admin' } },
  putAlerts: { body: { alerts: [] } },
  putNotifications: { body: { emails: [], webhooks: [] } },
  listMoney: { query: { list: 'due' } },
  listTeams: { query: { query: 'acme', state: 'no-plan' } },
  registerTeam: { body: { name: 'Aoi', country: 'JP', paymentMethod: 'none', standing: 'good' } },
  registerApp: { body: { teamId: 'acme', name: 'Viewer' } },
  publishRateCard: { body: { effectiveAt: '2027-01-01T00:00:00Z', meters: [row()] } },
  publishIncludedAmounts: {
    body: {
      effectiveAt: '2027-01-01T00:00:00Z',
      products: [{ product: 'build', meter: 'automation-autocad', perPeriod: 100 }],
    },
  },
  previewRateCard: { body: { month: '2026-01', meters: [row()] } },
  publishPriceList: {
    body: {
      effectiveAt: '2027-01-01T00:00:00Z',
      minimumTokens: 33,
      steps: [{ fromTokens: 33, unitPriceUsdCents: 300 }],
    },
  },
  publishUnratedApis: { body: { effectiveAt: '2027-01-01T00:00:00Z', apis: ['viewer'] } },
  publishPayAsYouGoCountries: { body: { effectiveAt: '2027-01-01T00:00:00Z', countries: ['US'] } },
  setSubscriptions: { body: { subscriptions: [{ product: 'build', count: 1, from: '2026-02-01' }] } },
  putCampaign: {
    body: { opensAt: '2027-01-01T00:00:00Z', deadlineAt: '2027-02-01T00:00:00Z', remindAt: [] },
  },
  suspendTeam: { body: { reason: 'abuse' } },
  reverseUsage: { body: { reversalId: 'x', source: 'urn:test', id: 'e1', reason: 'a mistake' } },
  adjustTeam: { body: { adjustmentId: 'x', tokens: 5, reason: 'goodwill' } },
  redriveDeadLetters: { body: { queue: 'Events-Facts' } },
  reportPayment: { body: { paymentId: 'x', invoiceOrPurchaseId: 'acme:2027-01', status: 'settled' } },
}

/** A row of a rate card. */
export function row(changes: object = {}) {
  const rates = { unitSize: 720, tokensPerUnit: 0.5, usdCentsPerUnit: 300, freePerPeriod: 0 }
  return { meter: 'm', api: 'automation', baseUnit: 'seconds', ...rates, ...changes }
}
