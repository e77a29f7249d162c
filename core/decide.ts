import type { Account } from './account/account.ts'
import { adjust } from './commands/adjust.ts'
import { authorize } from './commands/authorize.ts'
import { capture } from './commands/capture.ts'
import { checkAlerts } from './commands/check-alerts.ts'
import { choosePlan } from './commands/choose-plan.ts'
import { erase } from './commands/erase.ts'
import { giveUpPurchase } from './commands/give-up-purchase.ts'
import { limitApp } from './commands/limit-app.ts'
import { makeBudget } from './commands/make-budget.ts'
import { moveApp } from './commands/move-app.ts'
import { nameHub } from './commands/name-hub.ts'
import { notify } from './commands/notify.ts'
import { payPurchase } from './commands/pay-purchase.ts'
import { purchaseTokens } from './commands/purchase-tokens.ts'
import { recordUsage } from './commands/record-usage.ts'
import { registerTeam } from './commands/register-team.ts'
import { resume } from './commands/resume.ts'
import { reverse } from './commands/reverse.ts'
import { revokeBudget } from './commands/revoke-budget.ts'
import { setSubscriptions } from './commands/set-subscriptions.ts'
import { settle } from './commands/settle.ts'
import { suspend } from './commands/suspend.ts'
import { takePayment } from './commands/take-payment.ts'
import { voidAuthorization } from './commands/void-authorization.ts'
import type { Decision } from './decision.ts'
import type { Refusal } from './refusal.ts'

/** One rule for each kind of command. With `advance`, these rules make every entry. */
const rules = {
  authorize,
  capture,
  void: voidAuthorization,
  settle,
  'record-usage': recordUsage,
  'choose-plan': choosePlan,
  'purchase-tokens': purchaseTokens,
  'pay-purchase': payPurchase,
  'give-up-purchase': giveUpPurchase,
  'take-payment': takePayment,
  reverse,
  'limit-app': limitApp,
  'make-budget': makeBudget,
  'revoke-budget': revokeBudget,
  'set-subscriptions': setSubscriptions,
  'register-team': registerTeam,
  'name-hub': nameHub,
  'move-app': moveApp,
  suspend,
  resume,
  adjust,
  erase,
  notify,
  'check-alerts': checkAlerts,
}

type Rules = typeof rules

export type CommandKind = keyof Rules
/** The command of a kind, as its file in `core/commands` defines it; without a kind, any command. */
export type CommandOf<Kind extends CommandKind = CommandKind> = {
  [K in Kind]: { readonly kind: K } & Parameters<Rules[K]>[1]
}[Kind]
/** Everything but the account that the decision about a command needs. */
export type ContextOf<Kind extends CommandKind = CommandKind> = {
  [K in Kind]: Parameters<Rules[K]>[2]
}[Kind]
export type AnswerOf<Kind extends CommandKind> = {
  [K in Kind]: Extract<ReturnType<Rules[K]>, Decision<unknown>>['answer']
}[Kind]

/** The same rules, typed so that a command of any kind belongs together with its context and its answer. */
export type RulesByKind = {
  readonly [K in CommandKind]: (
    account: Account,
    command: CommandOf<K>,
    context: ContextOf<K>,
  ) => Decision<AnswerOf<K>> | Refusal
}
const rulesByKind: RulesByKind = rules

export type Decide = typeof decide

/**
 * Decides a command. Only this function decides the effect of an operation. It is pure; previews, the client library and
 * every real operation call it. `account` has been advanced to `context.now`.
 */
export function decide<Kind extends CommandKind>(
  account: Account,
  command: CommandOf<Kind>,
  context: ContextOf<Kind>,
): Decision<AnswerOf<Kind>> | Refusal {
  const rule: RulesByKind[Kind] = rulesByKind[command.kind]
  return rule(account, command, context)
}
