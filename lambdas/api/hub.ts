import { openWebhookSecrets } from '../delivery/webhook-secrets.ts'
import { routes } from '../http/route.ts'
import { openDeps } from '../runtime/deps.ts'
import { choosePlan } from './choose-plan.ts'
import { createHub } from './create-hub.ts'
import { listDeliveries, resendDelivery } from './deliveries.ts'
import { getBalance } from './get-balance.ts'
import { getOffer } from './get-offer.ts'
import { getOnboarding } from './get-onboarding.ts'
import { getTeam } from './get-team.ts'
import { getUsage } from './get-usage.ts'
import { getInvoice, listInvoices } from './invoices.ts'
import { limitApp } from './limit-app.ts'
import { listEntries } from './list-entries.ts'
import { listMembers, putMember, removeMember } from './members.ts'
import { moveApps } from './move-apps.ts'
import { getNotifications, putNotifications, rotateWebhookSecret } from './notifications.ts'
import { purchaseTokens } from './purchase-tokens.ts'

const deps = openDeps()
const secrets = openWebhookSecrets(deps.clock)

export const handler = routes({
  'GET /v1/offer': getOffer(deps),
  'GET /v1/teams/{teamId}': getTeam(deps),
  'GET /v1/teams/{teamId}/balance': getBalance(deps),
  'GET /v1/teams/{teamId}/usage': getUsage(deps),
  'GET /v1/teams/{teamId}/entries': listEntries(deps),
  'GET /v1/teams/{teamId}/onboarding': getOnboarding(deps),
  'GET /v1/teams/{teamId}/invoices': listInvoices(deps),
  'GET /v1/teams/{teamId}/invoices/{period}': getInvoice(deps),
  'PUT /v1/teams/{teamId}/plan': choosePlan(deps),
  'POST /v1/teams/{teamId}/token-purchases': purchaseTokens(deps),
  'PUT /v1/teams/{teamId}/apps/{appId}/limits': limitApp(deps),
  'PUT /v1/teams/{teamId}/hub': createHub(deps),
  'POST /v1/teams/{teamId}/hub/apps': moveApps(deps),
  'GET /v1/teams/{teamId}/members': listMembers(deps),
  'PUT /v1/teams/{teamId}/members/{memberId}': putMember(deps),
  'DELETE /v1/teams/{teamId}/members/{memberId}': removeMember(deps),
  'PUT /v1/teams/{teamId}/notifications': putNotifications(deps, secrets),
  'GET /v1/teams/{teamId}/notifications': getNotifications(deps),
  'POST /v1/teams/{teamId}/notifications/webhooks/{webhookId}/secret': rotateWebhookSecret(deps, secrets),
  'GET /v1/teams/{teamId}/notifications/deliveries': listDeliveries(deps),
  'POST /v1/teams/{teamId}/notifications/deliveries/{deliveryId}/resend': resendDelivery(deps),
})
