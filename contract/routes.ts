/** The bundle a route's function is built into: one per meter call, one for the hub, one for operators. */
export type FunctionName =
  | 'authorize-usage'
  | 'capture-authorization'
  | 'void-authorization'
  | 'record-usage'
  | 'hub'
  | 'ops'
  | 'get-openapi'

export type Scope = 'aps:meter' | 'hub:read' | 'hub:write' | 'ops:admin'

export interface Route {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE'
  /** As API Gateway writes it: `{teamId}` is one segment. */
  readonly path: string
  readonly function: FunctionName
  /** `null`: public, without a token. */
  readonly scope: Scope | null
  readonly operationId: string
}

/** Every call of the contract, once. API Gateway, the OpenAPI document and the access tests are made from it. */
export const routes = [
  {
    method: 'POST',
    path: '/v1/authorizations',
    function: 'authorize-usage',
    scope: 'aps:meter',
    operationId: 'authorizeUsage',
  },
  {
    method: 'POST',
    path: '/v1/authorizations/{authorizationId}/captures',
    function: 'capture-authorization',
    scope: 'aps:meter',
    operationId: 'captureAuthorization',
  },
  {
    method: 'DELETE',
    path: '/v1/authorizations/{authorizationId}',
    function: 'void-authorization',
    scope: 'aps:meter',
    operationId: 'voidAuthorization',
  },
  {
    method: 'POST',
    path: '/v1/usage',
    function: 'record-usage',
    scope: 'aps:meter',
    operationId: 'recordUsage',
  },
  {
    method: 'GET',
    path: '/v1/offer',
    function: 'hub',
    scope: null,
    operationId: 'getOffer',
  },
  {
    method: 'GET',
    path: '/v1/teams/{teamId}',
    function: 'hub',
    scope: 'hub:read',
    operationId: 'getTeam',
  },
  {
    method: 'GET',
    path: '/v1/teams/{teamId}/balance',
    function: 'hub',
    scope: 'hub:read',
    operationId: 'getBalance',
  },
  {
    method: 'GET',
    path: '/v1/teams/{teamId}/usage',
    function: 'hub',
    scope: 'hub:read',
    operationId: 'getUsage',
  },
  {
    method: 'GET',
    path: '/v1/teams/{teamId}/entries',
    function: 'hub',
    scope: 'hub:read',
    operationId: 'listEntries',
  },
  {
    method: 'GET',
    path: '/v1/teams/{teamId}/onboarding',
    function: 'hub',
    scope: 'hub:read',
    operationId: 'getOnboarding',
  },
  {
    method: 'GET',
    path: '/v1/teams/{teamId}/invoices',
    function: 'hub',
    scope: 'hub:read',
    operationId: 'listInvoices',
  },
  {
    method: 'GET',
    path: '/v1/teams/{teamId}/invoices/{period}',
    function: 'hub',
    scope: 'hub:read',
    operationId: 'getInvoice',
  },
  {
    method: 'PUT',
    path: '/v1/teams/{teamId}/plan',
    function: 'hub',
    scope: 'hub:write',
    operationId: 'choosePlan',
  },
  {
    method: 'POST',
    path: '/v1/teams/{teamId}/token-purchases',
    function: 'hub',
    scope: 'hub:write',
    operationId: 'purchaseTokens',
  },
  {
    method: 'PUT',
    path: '/v1/teams/{teamId}/apps/{appId}/limits',
    function: 'hub',
    scope: 'hub:write',
    operationId: 'limitApp',
  },
  {
    method: 'PUT',
    path: '/v1/teams/{teamId}/hub',
    function: 'hub',
    scope: 'hub:write',
    operationId: 'createHub',
  },
  {
    method: 'POST',
    path: '/v1/teams/{teamId}/hub/apps',
    function: 'hub',
    scope: 'hub:write',
    operationId: 'moveApps',
  },
  {
    method: 'GET',
    path: '/v1/teams/{teamId}/members',
    function: 'hub',
    scope: 'hub:read',
    operationId: 'listMembers',
  },
  {
    method: 'PUT',
    path: '/v1/teams/{teamId}/members/{memberId}',
    function: 'hub',
    scope: 'hub:write',
    operationId: 'putMember',
  },
  {
    method: 'DELETE',
    path: '/v1/teams/{teamId}/members/{memberId}',
    function: 'hub',
    scope: 'hub:write',
    operationId: 'removeMember',
  },
  {
    method: 'PUT',
    path: '/v1/teams/{teamId}/notifications',
    function: 'hub',
    scope: 'hub:write',
    operationId: 'putNotifications',
  },
  {
    method: 'GET',
    path: '/v1/teams/{teamId}/notifications',
    function: 'hub',
    scope: 'hub:read',
    operationId: 'getNotifications',
  },
  {
    method: 'POST',
    path: '/v1/teams/{teamId}/notifications/webhooks/{webhookId}/secret',
    function: 'hub',
    scope: 'hub:write',
    operationId: 'rotateWebhookSecret',
  },
  {
    method: 'GET',
    path: '/v1/teams/{teamId}/notifications/deliveries',
    function: 'hub',
    scope: 'hub:read',
    operationId: 'listDeliveries',
  },
  {
    method: 'POST',
    path: '/v1/teams/{teamId}/notifications/deliveries/{deliveryId}/resend',
    function: 'hub',
    scope: 'hub:write',
    operationId: 'resendDelivery',
  },
  {
    method: 'PUT',
    path: '/v1/teams/{teamId}',
    function: 'ops',
    scope: 'ops:admin',
    operationId: 'registerTeam',
  },
  {
    method: 'PUT',
    path: '/v1/apps/{appId}',
    function: 'ops',
    scope: 'ops:admin',
    operationId: 'registerApp',
  },
  {
    method: 'PUT',
    path: '/v1/rate-cards/{version}',
    function: 'ops',
    scope: 'ops:admin',
    operationId: 'publishRateCard',
  },
  {
    method: 'GET',
    path: '/v1/rate-cards',
    function: 'ops',
    scope: 'ops:admin',
    operationId: 'getRateCard',
  },
  {
    method: 'PUT',
    path: '/v1/campaigns/{campaignId}',
    function: 'ops',
    scope: 'ops:admin',
    operationId: 'putCampaign',
  },
  {
    method: 'GET',
    path: '/v1/campaigns/{campaignId}',
    function: 'ops',
    scope: 'ops:admin',
    operationId: 'getCampaign',
  },
  {
    method: 'GET',
    path: '/v1/campaigns/{campaignId}/progress',
    function: 'ops',
    scope: 'ops:admin',
    operationId: 'getCampaignProgress',
  },
  {
    method: 'PUT',
    path: '/v1/teams/{teamId}/suspension',
    function: 'ops',
    scope: 'ops:admin',
    operationId: 'suspendTeam',
  },
  {
    method: 'DELETE',
    path: '/v1/teams/{teamId}/suspension',
    function: 'ops',
    scope: 'ops:admin',
    operationId: 'resumeTeam',
  },
  {
    method: 'POST',
    path: '/v1/teams/{teamId}/adjustments',
    function: 'ops',
    scope: 'ops:admin',
    operationId: 'adjustTeam',
  },
  {
    method: 'POST',
    path: '/v1/payments',
    function: 'ops',
    scope: 'ops:admin',
    operationId: 'reportPayment',
  },
  {
    method: 'GET',
    path: '/v1/openapi.json',
    function: 'get-openapi',
    scope: null,
    operationId: 'getOpenApi',
  },
] as const satisfies readonly Route[]

export type OperationId = (typeof routes)[number]['operationId']
