import { operation as acceptMembership } from './accept-membership.ts'
import { operation as adjustTeam } from './adjust-team.ts'
import { operation as authorizeUsage } from './authorize-usage.ts'
import { operation as captureAuthorization } from './capture-authorization.ts'
import { operation as choosePlan } from './choose-plan.ts'
import { operation as chooseTeam } from './choose-team.ts'
import { operation as classifyRequest } from './classify-request.ts'
import { operation as createHub } from './create-hub.ts'
import { operation as getAlerts } from './get-alerts.ts'
import { operation as getAuthorization } from './get-authorization.ts'
import { operation as getBalance } from './get-balance.ts'
import { operation as getCampaign } from './get-campaign.ts'
import { operation as getCampaignProgress } from './get-campaign-progress.ts'
import { operation as getDeadlineCheck } from './get-deadline-check.ts'
import { operation as getFocusExport } from './get-focus-export.ts'
import { operation as getForecast } from './get-forecast.ts'
import { operation as getHealth } from './get-health.ts'
import { operation as getIncludedAmounts } from './get-included-amounts.ts'
import { operation as getInvoice } from './get-invoice.ts'
import { operation as getMcpResource } from './get-mcp-resource.ts'
import { operation as getMe } from './get-me.ts'
import { operation as getNotifications } from './get-notifications.ts'
import { operation as getOffer } from './get-offer.ts'
import { operation as getOnboarding } from './get-onboarding.ts'
import { operation as getOpenApi } from './get-openapi.ts'
import { operation as getPayAsYouGoCountries } from './get-pay-as-you-go-countries.ts'
import { operation as getPriceLists } from './get-price-lists.ts'
import { operation as getRateCard } from './get-rate-card.ts'
import { operation as getReceipt } from './get-receipt.ts'
import { operation as getTeam } from './get-team.ts'
import { operation as getUnratedApis } from './get-unrated-apis.ts'
import { operation as getUsage } from './get-usage.ts'
import { operation as giveUpPurchase } from './give-up-purchase.ts'
import { operation as leaveTeam } from './leave-team.ts'
import { operation as limitApp } from './limit-app.ts'
import { operation as listActivity } from './list-activity.ts'
import { operation as listBudgets } from './list-budgets.ts'
import { operation as listCampaigns } from './list-campaigns.ts'
import { operation as listDeadLetters } from './list-dead-letters.ts'
import { operation as listDeliveries } from './list-deliveries.ts'
import { operation as listEntries } from './list-entries.ts'
import { operation as listInvoices } from './list-invoices.ts'
import { operation as listLags } from './list-lags.ts'
import { operation as listMembers } from './list-members.ts'
import { operation as listMoney } from './list-money.ts'
import { operation as listPurchases } from './list-purchases.ts'
import { operation as listTeams } from './list-teams.ts'
import { operation as makeBudget } from './make-budget.ts'
import { operation as moveApps } from './move-apps.ts'
import type { Operation } from './operation.ts'
import { operation as payPurchase } from './pay-purchase.ts'
import { operation as previewRateCard } from './preview-rate-card.ts'
import { operation as publishIncludedAmounts } from './publish-included-amounts.ts'
import { operation as publishPayAsYouGoCountries } from './publish-pay-as-you-go-countries.ts'
import { operation as publishPriceList } from './publish-price-list.ts'
import { operation as publishRateCard } from './publish-rate-card.ts'
import { operation as publishUnratedApis } from './publish-unrated-apis.ts'
import { operation as purchaseTokens } from './purchase-tokens.ts'
import { operation as putAlerts } from './put-alerts.ts'
import { operation as putCampaign } from './put-campaign.ts'
import { operation as putMember } from './put-member.ts'
import { operation as putNotifications } from './put-notifications.ts'
import { operation as quoteUse } from './quote-use.ts'
import { operation as recordUsage } from './record-usage.ts'
import { operation as redriveDeadLetters } from './redrive-dead-letters.ts'
import { operation as registerApp } from './register-app.ts'
import { operation as registerTeam } from './register-team.ts'
import { operation as removeMember } from './remove-member.ts'
import { operation as reportPayment } from './report-payment.ts'
import { operation as resendDelivery } from './resend-delivery.ts'
import { operation as resumeTeam } from './resume-team.ts'
import { operation as reverseUsage } from './reverse-usage.ts'
import { operation as revokeBudget } from './revoke-budget.ts'
import { operation as rotateWebhookSecret } from './rotate-webhook-secret.ts'
import type { OperationId } from './routes.ts'
import { operation as setSubscriptions } from './set-subscriptions.ts'
import { operation as settleUsage } from './settle-usage.ts'
import { operation as suspendTeam } from './suspend-team.ts'
import { operation as testWebhook } from './test-webhook.ts'
import { operation as voidAuthorization } from './void-authorization.ts'
import { operation as whatIf } from './what-if.ts'

const byId = {
  authorizeUsage,
  captureAuthorization,
  getAlerts,
  getAuthorization,
  voidAuthorization,
  settleUsage,
  recordUsage,
  classifyRequest,
  getOffer,
  getTeam,
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
} as const satisfies Readonly<Record<OperationId, Operation>>

/** The operations, with the types of each call's input and answers. */
export type Calls = typeof byId

/** Every call of the contract with its answers. */
export const operations: Readonly<Record<OperationId, Operation>> = byId
