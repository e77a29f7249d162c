import { assert } from '../../core/assert.ts'
import type { Context } from '../../core/catalog/context.ts'
import { needsUse } from '../../core/commands/limit-app.ts'
import type { LoadersOn } from './command-rules.ts'
import { adjustmentKey, budgetKey, campaignNoticeKey, purchaseKey } from './keys.ts'
import { loadAuthorize, loadCapture, loadRecordUsage, loadSettle, loadVoid } from './meter-loaders.ts'
import { paymentTarget, purchaseState } from './payment-target.ts'
import type { Stores } from './stores.ts'

const loadNothing = (_command: unknown, { context }: { readonly context: Context }): Context => context

/** Reads the contexts of all commands. */
export const loaders: LoadersOn<Stores> = {
  authorize: loadAuthorize,
  capture: loadCapture,
  settle: loadSettle,
  void: loadVoid,
  'record-usage': loadRecordUsage,
  'choose-plan': loadNothing,
  'purchase-tokens': async ({ purchaseId }, { context, account, known }, stores) => {
    const purchase = known.find(purchaseKey(account.teamId, purchaseId), 'purchase')
    if (purchase === undefined) return context
    return { ...context, earlier: { purchase, ...(await purchaseState(stores, account.teamId, purchaseId)) } }
  },
  'pay-purchase': async ({ purchaseId }, { context, account: { teamId } }, stores) => {
    const requested = await stores.payables.requests(teamId, purchaseId)
    return { ...context, ...(await purchaseOf(teamId, purchaseId, stores)), attempts: requested + 1 }
  },
  'give-up-purchase': async ({ purchaseId }, { context, account: { teamId } }, stores) => {
    return { ...context, ...(await purchaseOf(teamId, purchaseId, stores)) }
  },
  'take-payment': async ({ paymentId, paidFor }, { context, account, timely }, stores) => {
    const [latest, target] = await Promise.all([
      stores.journal.payment(paymentId),
      paymentTarget(stores, account, paidFor, timely),
    ])
    return { ...context, ...(latest && { latest }), ...(target && { target }) }
  },
  reverse: async (command, { context, account, storedVersion, timely }, stores) => {
    const at = { ...context, storedVersion, timely }
    return { ...context, ...(await stores.reversals.find(stores, account, command, at)) }
  },
  'limit-app': async (command, { context, account, storedVersion, known }, stores) => {
    if (!needsUse(account, command)) return context
    const at = { account, storedVersion, now: context.now, operation: known }
    return { ...context, use: await stores.appUses.find(at, command) }
  },
  'make-budget': ({ budgetId }, { context, account, known }) => {
    const earlier = known.find(budgetKey(account.teamId, budgetId), 'budget-made')
    return { ...context, ...(earlier && { earlier }) }
  },
  'revoke-budget': loadNothing,
  'set-subscriptions': loadNothing,
  'register-team': async (_, { context, account }, stores) => {
    return { ...context, today: (await stores.teams.find(account.teamId))?.name }
  },
  'name-hub': async (_, { context, account }, stores) => {
    return { ...context, today: (await stores.teams.find(account.teamId))?.hubName }
  },
  'move-app': async ({ appId }, { context, account, given }, stores) => {
    const hasHub = given.hasHub ?? (await stores.teams.find(account.teamId))?.hubName !== undefined
    return { ...context, hasHub, app: await stores.apps.find(appId) }
  },
  suspend: loadNothing,
  resume: loadNothing,
  adjust: ({ adjustmentId }, { context, account, known }) => {
    return { ...context, earlier: known.find(adjustmentKey(account.teamId, adjustmentId), 'adjustment') }
  },
  erase: loadNothing,
  'check-alerts': async (_, { context, account }, stores) => {
    const watched = await stores.alerts.load(account.teamId)
    return { ...context, watched, ...(await stores.alertFigures.find(account, watched.alerts, context)) }
  },
  notify: async ({ campaign, step }, { context, account, known }, stores) => {
    const isNotified = known.has(campaignNoticeKey(account.teamId, campaign.campaignId, step))
    return { ...context, isNotified, apps: await stores.apps.ofTeam(account.teamId) }
  },
}

/** The purchase of a command whose caller has found it, and its state after its payments. */
async function purchaseOf(teamId: string, purchaseId: string, stores: Stores) {
  const [purchase, { payable }] = await Promise.all([
    stores.journal.find(purchaseKey(teamId, purchaseId), 'purchase'),
    purchaseState(stores, teamId, purchaseId),
  ])
  assert(purchase !== undefined, `purchase ${purchaseId} stays`)
  return { purchase, payable }
}
