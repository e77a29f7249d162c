import { openWebhookSecrets } from '../delivery/webhook-secrets.ts'
import { dispatch } from '../http/dispatch.ts'
import { openTeamDeps } from '../runtime/team-deps.ts'
import { getAlerts, putAlerts } from './alerts.ts'
import { listBudgets, makeBudget, revokeBudget } from './budgets.ts'
import { choosePlan } from './choose-plan.ts'
import { createHub } from './create-hub.ts'
import { listDeliveries, resendDelivery } from './deliveries.ts'
import { getBalance } from './get-balance.ts'
import { getDeadlineCheck } from './get-deadline-check.ts'
import { getFocusExport } from './get-focus-export.ts'
import { getForecast } from './get-forecast.ts'
import { getOffer } from './get-offer.ts'
import { getOnboarding } from './get-onboarding.ts'
import { getReceipt } from './get-receipt.ts'
import { getTeam } from './get-team.ts'
import { getUsage } from './get-usage.ts'
import { getInvoice, listInvoices } from './invoices.ts'
import { limitApp } from './limit-app.ts'
import { listActivity } from './list-activity.ts'
import { listEntries } from './list-entries.ts'
import { acceptMembership, chooseTeam, getMe, leaveTeam } from './me.ts'
import { listMembers, putMember, removeMember } from './members.ts'
import { moveApps } from './move-apps.ts'
import { getNotifications, putNotifications, rotateWebhookSecret } from './notifications.ts'
import { purchaseTokens } from './purchase-tokens.ts'
import { giveUpPurchase, listPurchases, payPurchase } from './purchases.ts'
import { quoteUse } from './quote-use.ts'
import { testWebhook } from './test-webhook.ts'
import { whatIf } from './what-if.ts'

const deps = openTeamDeps()
const secrets = openWebhookSecrets(deps.clock)

export const handler = dispatch<'hub'>({
  getOffer: getOffer(deps),
  getTeam: getTeam(deps),
  getBalance: getBalance(deps),
  getUsage: getUsage(deps),
  getForecast: getForecast(deps),
  whatIf: whatIf(deps),
  quoteUse: quoteUse(deps),
  listEntries: listEntries(deps),
  listActivity: listActivity(deps),
  getOnboarding: getOnboarding(deps),
  getDeadlineCheck: getDeadlineCheck(deps),
  listInvoices: listInvoices(deps),
  getInvoice: getInvoice(deps),
  choosePlan: choosePlan(deps),
  purchaseTokens: purchaseTokens(deps),
  listPurchases: listPurchases(deps),
  payPurchase: payPurchase(deps),
  giveUpPurchase: giveUpPurchase(deps),
  getReceipt: getReceipt(deps),
  getFocusExport: getFocusExport(deps),
  limitApp: limitApp(deps),
  listBudgets: listBudgets(deps),
  makeBudget: makeBudget(deps),
  revokeBudget: revokeBudget(deps),
  createHub: createHub(deps),
  moveApps: moveApps(deps),
  listMembers: listMembers(deps),
  putMember: putMember(deps),
  removeMember: removeMember(deps),
  getMe: getMe(deps),
  chooseTeam: chooseTeam(deps),
  acceptMembership: acceptMembership(deps),
  leaveTeam: leaveTeam(deps),
  getAlerts: getAlerts(deps),
  putAlerts: putAlerts(deps),
  putNotifications: putNotifications(deps, secrets),
  getNotifications: getNotifications(deps),
  rotateWebhookSecret: rotateWebhookSecret(deps, secrets),
  testWebhook: testWebhook(deps, secrets),
  listDeliveries: listDeliveries(deps),
  resendDelivery: resendDelivery(deps),
})
