import { route as acceptMembership } from './accept-membership.ts'
import { route as adjustTeam } from './adjust-team.ts'
import { route as authorizeUsage } from './authorize-usage.ts'
import { route as captureAuthorization } from './capture-authorization.ts'
import { route as choosePlan } from './choose-plan.ts'
import { route as chooseTeam } from './choose-team.ts'
import { route as classifyRequest } from './classify-request.ts'
import { route as createHub } from './create-hub.ts'
import { route as getAlerts } from './get-alerts.ts'
import { route as getAuthorization } from './get-authorization.ts'
import { route as getBalance } from './get-balance.ts'
import { route as getCampaign } from './get-campaign.ts'
import { route as getCampaignProgress } from './get-campaign-progress.ts'
import { route as getDeadlineCheck } from './get-deadline-check.ts'
import { route as getFocusExport } from './get-focus-export.ts'
import { route as getForecast } from './get-forecast.ts'
import { route as getHealth } from './get-health.ts'
import { route as getIncludedAmounts } from './get-included-amounts.ts'
import { route as getInvoice } from './get-invoice.ts'
import { route as getMcpResource } from './get-mcp-resource.ts'
import { route as getMe } from './get-me.ts'
import { route as getNotifications } from './get-notifications.ts'
import { route as getOffer } from './get-offer.ts'
import { route as getOnboarding } from './get-onboarding.ts'
import { route as getOpenApi } from './get-openapi.ts'
import { route as getPayAsYouGoCountries } from './get-pay-as-you-go-countries.ts'
import { route as getPriceLists } from './get-price-lists.ts'
import { route as getRateCard } from './get-rate-card.ts'
import { route as getReceipt } from './get-receipt.ts'
import { route as getTeam } from './get-team.ts'
import { route as getUnratedApis } from './get-unrated-apis.ts'
import { route as getUsage } from './get-usage.ts'
import { route as giveUpPurchase } from './give-up-purchase.ts'
import { route as leaveTeam } from './leave-team.ts'
import { route as limitApp } from './limit-app.ts'
import { route as listActivity } from './list-activity.ts'
import { route as listBudgets } from './list-budgets.ts'
import { route as listCampaigns } from './list-campaigns.ts'
import { route as listDeadLetters } from './list-dead-letters.ts'
import { route as listDeliveries } from './list-deliveries.ts'
import { route as listEntries } from './list-entries.ts'
import { route as listInvoices } from './list-invoices.ts'
import { route as listLags } from './list-lags.ts'
import { route as listMembers } from './list-members.ts'
import { route as listMoney } from './list-money.ts'
import { route as listPurchases } from './list-purchases.ts'
import { route as listTeams } from './list-teams.ts'
import { route as makeBudget } from './make-budget.ts'
import { route as moveApps } from './move-apps.ts'
import { route as payPurchase } from './pay-purchase.ts'
import { route as previewRateCard } from './preview-rate-card.ts'
import { route as publishIncludedAmounts } from './publish-included-amounts.ts'
import { route as publishPayAsYouGoCountries } from './publish-pay-as-you-go-countries.ts'
import { route as publishPriceList } from './publish-price-list.ts'
import { route as publishRateCard } from './publish-rate-card.ts'
import { route as publishUnratedApis } from './publish-unrated-apis.ts'
import { route as purchaseTokens } from './purchase-tokens.ts'
import { route as putAlerts } from './put-alerts.ts'
import { route as putCampaign } from './put-campaign.ts'
import { route as putMember } from './put-member.ts'
import { route as putNotifications } from './put-notifications.ts'
import { route as quoteUse } from './quote-use.ts'
import { route as recordUsage } from './record-usage.ts'
import { route as redriveDeadLetters } from './redrive-dead-letters.ts'
import { route as registerApp } from './register-app.ts'
import { route as registerTeam } from './register-team.ts'
import { route as removeMember } from './remove-member.ts'
import { route as reportPayment } from './report-payment.ts'
import { route as resendDelivery } from './resend-delivery.ts'
import { route as resumeTeam } from './resume-team.ts'
import { route as reverseUsage } from './reverse-usage.ts'
import { route as revokeBudget } from './revoke-budget.ts'
import { route as rotateWebhookSecret } from './rotate-webhook-secret.ts'
import type { Route } from './route.ts'
import { route as setSubscriptions } from './set-subscriptions.ts'
import { route as settleUsage } from './settle-usage.ts'
import { route as suspendTeam } from './suspend-team.ts'
import { route as testWebhook } from './test-webhook.ts'
import { route as voidAuthorization } from './void-authorization.ts'
import { route as whatIf } from './what-if.ts'

/** Every call of the contract, once. API Gateway, the OpenAPI document and the access tests are made from it. */
export const routes = [
  authorizeUsage,
  captureAuthorization,
  getAuthorization,
  voidAuthorization,
  settleUsage,
  recordUsage,
  classifyRequest,
  getOffer,
  getTeam,
  getAlerts,
  getBalance,
  getUsage,
  getForecast,
  whatIf,
  quoteUse,
  listEntries,
  listActivity,
  getOnboarding,
  getDeadlineCheck,
  listInvoices,
  getInvoice,
  choosePlan,
  purchaseTokens,
  listPurchases,
  payPurchase,
  giveUpPurchase,
  getReceipt,
  getFocusExport,
  limitApp,
  listBudgets,
  makeBudget,
  revokeBudget,
  createHub,
  moveApps,
  listMembers,
  putMember,
  removeMember,
  getMe,
  chooseTeam,
  acceptMembership,
  leaveTeam,
  putAlerts,
  putNotifications,
  getNotifications,
  rotateWebhookSecret,
  testWebhook,
  listDeliveries,
  resendDelivery,
  listTeams,
  listMoney,
  registerTeam,
  registerApp,
  publishRateCard,
  getRateCard,
  previewRateCard,
  publishIncludedAmounts,
  getIncludedAmounts,
  publishPriceList,
  getPriceLists,
  publishUnratedApis,
  getUnratedApis,
  publishPayAsYouGoCountries,
  getPayAsYouGoCountries,
  listCampaigns,
  putCampaign,
  getCampaign,
  getCampaignProgress,
  reverseUsage,
  setSubscriptions,
  suspendTeam,
  resumeTeam,
  adjustTeam,
  reportPayment,
  getHealth,
  listLags,
  listDeadLetters,
  redriveDeadLetters,
  getOpenApi,
  getMcpResource,
] as const satisfies readonly Route[]

export type OperationId = (typeof routes)[number]['operationId']
