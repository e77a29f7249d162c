import * as v from 'valibot'
import { authorizationRefusals } from '../core/refusal.ts'
import { budgetFigures } from './budget.ts'
import { closedBecause } from './closed-because.ts'
import { amount, instantText, tokens } from './figures.ts'
import { unmetConditions } from './unmet-conditions.ts'

const demandAnswer = v.pipe(
  v.object({
    meter: v.string(),
    quantity: v.pipe(
      amount,
      v.description('Base units held and requested that included amounts do not back'),
    ),
    units: v.pipe(amount, v.description('Whole charged units that these base units may complete')),
    tokens: v.pipe(tokens, v.description('Tokens that these units cost; at most three decimals')),
    usdCents: v.pipe(amount, v.description('US cents that these units cost with pay-as-you-go')),
  }),
  v.title('Demand'),
)

/** One instant of the backing rule: the funds for the held and requested quantities. */
const backingAnswer = v.pipe(
  v.object({
    at: instantText,
    tokens: v.pipe(
      tokens,
      v.description('Tokens that have not lapsed at this instant; at most three decimals'),
    ),
    spendLeftUsdCents: v.optional(
      v.pipe(amount, v.description('The rest of the spend limit then; absent without pay-as-you-go')),
    ),
    demands: v.array(demandAnswer),
  }),
  v.title('Backing'),
)

const lapseAnswer = v.pipe(
  v.object({
    lotId: v.string(),
    expiresAt: instantText,
    tokens: v.pipe(tokens, v.description('Tokens that lapse; at most three decimals')),
  }),
  v.title('Lapse'),
)

const lackingBudget = v.pipe(
  v.object({
    ...budgetFigures,
    lacks: v.pipe(v.number(), v.minValue(0), v.description('The missing amount, in tokens or US cents')),
  }),
  v.title('LackingBudget'),
  v.description('BUDGET_EXHAUSTED: absent where the budget has ended or was revoked'),
)

/** One cause of a denied authorization. Its code determines which facts it has. */
export const missingAnswer = v.pipe(
  v.object({
    code: v.picklist(authorizationRefusals),
    closedBecause: v.optional(
      v.pipe(closedBecause, v.description('AUTHORIZATION_CLOSED: the reason why the authorization is over')),
    ),
    because: v.optional(
      v.pipe(
        v.string(),
        v.description(
          "TEAM_SUSPENDED: the operator's reason. QUOTE_NOT_VALID: unknown, expired, other-use or plan-changed",
        ),
      ),
    ),
    since: v.optional(
      v.pipe(instantText, v.description('PAYMENT_OVERDUE: the instant from which it stops rated APIs')),
    ),
    quantity: v.optional(v.pipe(amount, v.description('Base units that are missing'))),
    tokens: v.optional(v.pipe(tokens, v.description('Tokens that are missing; at most three decimals'))),
    usdCents: v.optional(
      v.pipe(amount, v.description('US cents that are due, or by which the spend limit is too low')),
    ),
    limit: v.optional(
      v.pipe(amount, v.description('Base units per month: the free amount, or the limit of the app')),
    ),
    used: v.optional(v.pipe(amount, v.description('Used part of the limit in base units'))),
    held: v.optional(
      v.pipe(amount, v.description('Part of the limit that open authorizations hold, in base units')),
    ),
    stoppedBy: v.optional(
      v.pipe(v.string(), v.description('The other meter whose used-up free amount stops the whole API')),
    ),
    payAsYouGo: v.optional(
      v.pipe(
        v.boolean(),
        v.description('True if the team has chosen pay-as-you-go, whether or not it can pay'),
      ),
    ),
    unmet: v.optional(unmetConditions),
    limitUsdCents: v.optional(v.pipe(amount, v.description('The monthly spend limit'))),
    usedUsdCents: v.optional(v.pipe(amount, v.description('US cents that pay-as-you-go spent this month'))),
    backing: v.optional(backingAnswer),
    budget: v.optional(lackingBudget),
    lapses: v.optional(
      v.pipe(
        v.array(lapseAnswer),
        v.description('Lots that lapse before the end of the hold that needs them'),
      ),
    ),
  }),
  v.title('Missing'),
)

export type MissingAnswer = v.InferOutput<typeof missingAnswer>
