import * as v from 'valibot'
import type { Call } from './call.ts'
import { amount, instantText, periodText, tokens } from './figures.ts'
import { lotAnswer } from './lot.ts'
import type { Operation } from './operation.ts'
import { failureFields } from './payment-failure.ts'
import { planName } from './plan.ts'
import { refusedAnswer } from './refusal.ts'
import type { Route } from './route.ts'
import { teamParams } from './team.ts'
import { teamWarningAnswer } from './warning.ts'

export const route = {
  method: 'GET',
  path: '/v1/teams/{teamId}/balance',
  function: 'hub',
  scope: 'hub:read',
  isOpenToOperators: true,
  operationId: 'getBalance',
} as const satisfies Route

export const getBalance = { route, params: teamParams, timeField: 'at' } as const satisfies Call

const nextPlanAnswer = v.pipe(v.object({ plan: planName, effectiveAt: instantText }), v.title('NextPlan'))

const includedUseAnswer = v.pipe(
  v.object({
    meter: v.string(),
    used: amount,
    limit: v.pipe(amount, v.description("Base units that the team's subscriptions give this month")),
    remaining: v.pipe(
      amount,
      v.description('Base units that no use drew and no open authorization counts on'),
    ),
  }),
  v.title('IncludedUse'),
)

const freeUseAnswer = v.pipe(
  v.object({
    meter: v.string(),
    used: amount,
    held: amount,
    limit: amount,
    remaining: v.pipe(amount, v.description("Base units that are left of the meter's own free amount")),
    stoppedBy: v.optional(
      v.pipe(v.string(), v.description('The other meter whose used-up free amount stops the whole API')),
    ),
  }),
  v.title('FreeUse'),
)

const flexAnswer = v.pipe(v.object({ tokens, lots: v.array(lotAnswer) }), v.title('FlexTokens'))

const payAsYouGoLineAnswer = v.pipe(
  v.object({
    meter: v.string(),
    units: amount,
    usdCents: v.optional(amount),
    lateUnits: v.optional(
      v.pipe(amount, v.description('Units of earlier, closed months that the line includes')),
    ),
  }),
  v.title('PayAsYouGoLine'),
)

const payAsYouGoAnswer = v.pipe(
  v.object({
    enabled: v.boolean(),
    period: periodText,
    /** Only admins see money: for a developer, this and the other amounts in US cents are absent. */
    usdCents: v.optional(amount),
    spendLimitUsdCents: v.optional(amount),
    creditUsdCents: v.optional(amount),
    /** Charges of the previous month, until its bill exists. */
    unbilledUsdCents: v.optional(amount),
    lines: v.array(payAsYouGoLineAnswer),
  }),
  v.title('PayAsYouGo'),
)

const remainderAnswer = v.pipe(
  v.object({ meter: v.string(), quantity: amount, unitSize: amount }),
  v.title('Remainder'),
)

const heldAnswer = v.pipe(v.object({ meter: v.string(), quantity: amount }), v.title('HeldQuantity'))

const shortfallAnswer = v.pipe(
  v.object({ meter: v.string(), units: amount, tokens: v.optional(tokens), usdCents: v.optional(amount) }),
  v.title('Shortfall'),
)

const dueAnswer = v.pipe(
  v.object({
    dueId: v.pipe(v.string(), v.description('invoice:2026-02 or charge-back:p1')),
    usdCents: amount,
    ...failureFields,
    /** The reference that a payment of it names. */
    paymentReference: v.string(),
  }),
  v.title('UnpaidDue'),
)

const failedPurchaseAnswer = v.pipe(
  v.object({
    purchaseId: v.string(),
    usdCents: amount,
    failedAt: instantText,
    payUntil: v.pipe(instantText, v.description('From then on it is given up')),
    paymentReference: v.string(),
  }),
  v.title('FailedPurchase'),
)

const versionsAnswer = v.pipe(
  v.object({
    account: v.pipe(amount, v.description('Entries of the journal')),
    usage: v.pipe(amount, v.description('Entries that the daily usage counts')),
    setup: v.pipe(amount, v.description('Changes of apps, members and notification settings')),
  }),
  v.title('TeamVersions'),
  v.description(
    "An answer about the team's account, use or setup has not changed as long as the whole balance has not: poll the balance alone. Only the forecast also changes with the day",
  ),
)

const balanceAnswer = v.pipe(
  v.object({
    /** The instant at which the whole answer is valid. */
    at: instantText,
    plan: planName,
    /** Present while a change of plan waits for the next period. */
    nextPlan: v.optional(nextPlanAnswer),
    period: periodText,
    resetsAt: instantText,
    /** Use that product subscriptions include, before every other source and on every plan. */
    included: v.array(includedUseAnswer),
    free: v.array(freeUseAnswer),
    flex: flexAnswer,
    payAsYouGo: payAsYouGoAnswer,
    remainders: v.array(remainderAnswer),
    held: v.array(heldAnswer),
    shortfall: v.array(shortfallAnswer),
    dues: v.optional(
      v.pipe(
        v.array(dueAnswer),
        v.description('Bills and charge-backs that are not paid; only admins see them'),
      ),
    ),
    failedPurchases: v.optional(
      v.pipe(
        v.array(failedPurchaseAnswer),
        v.description('Purchases whose payment failed, and that can be paid again; only admins see them'),
      ),
    ),
    /** Uses that a compliant app of the team would be refused now, for one base unit of each meter. */
    refused: v.array(refusedAnswer),
    /** Present while the team has no plan and the deadline is ahead; authorizations carry the same warning. */
    warnings: v.array(teamWarningAnswer),
    versions: versionsAnswer,
  }),
  v.title('Balance'),
)

export type BalanceAnswer = v.InferOutput<typeof balanceAnswer>

export const operation = {
  call: getBalance,
  summary:
    'Shows the plan, included and free amounts, tokens, pay-as-you-go charges, holds, remainders and shortfall of the team. A developer sees no amounts of money.',
  statuses: { 200: 'The balance at the instant of the answer.' },
  answer: balanceAnswer,
} as const satisfies Operation
