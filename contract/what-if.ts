import * as v from 'valibot'
import type { Call } from './call.ts'
import { calendarDay, meterName, period, quantityMax, say, tokensMax, whole } from './fields.ts'
import { amount, dayText, instantText, periodText, tokens } from './figures.ts'
import type { Operation } from './operation.ts'
import { sayToPeople } from './people-messages.ts'
import type { Route } from './route.ts'
import { teamParams } from './team.ts'

export const route = {
  method: 'POST',
  path: '/v1/teams/{teamId}/what-if',
  function: 'hub',
  scope: 'hub:read',
  isOpenToOperators: true,
  operationId: 'whatIf',
} as const satisfies Route

const meterQuantity = v.pipe(
  v.strictObject({ meter: meterName, quantity: whole(1, quantityMax) }),
  v.title('MeterQuantity'),
)

const quantities = v.pipe(
  v.array(meterQuantity),
  v.minLength(1),
  v.maxLength(100),
  v.check(
    (rows) => new Set(rows.map(({ meter }) => meter)).size === rows.length,
    sayToPeople('uniqueMeters'),
  ),
  v.description('Quantities of a month, which are spread evenly over its days'),
)

const use = v.pipe(
  v.strictObject({ month: v.optional(period), quantities: v.optional(quantities) }),
  v.forward(
    v.check(({ month, quantities: typed }) => month !== undefined || typed !== undefined, say('required')),
    ['month'],
  ),
  v.check(({ month, quantities: typed }) => month === undefined || typed === undefined, say('invalid')),
  v.title('WhatIfUse'),
  v.description('Either a past month of the team, or typed quantities'),
)

const purchase = v.pipe(
  v.strictObject({ tokens: whole(1, tokensMax), on: calendarDay }),
  v.title('WhatIfOrder'),
  v.description('Tokens to buy on a day from today (UTC) on, at most 365 days ahead'),
)

/** The handler checks that the month is over, that the meters have a rate, and the minimum and the day of the purchase. */
export const whatIf = {
  route,
  params: teamParams,
  body: v.strictObject({ use, purchase: v.optional(purchase) }),
} as const satisfies Call

const money = v.optional(v.pipe(amount, v.description("A developer sees no money of the team's own months")))

const meterAnswer = v.pipe(
  v.object({
    meter: v.string(),
    quantity: amount,
    included: v.pipe(amount, v.description('Base units that subscriptions include')),
    free: v.pipe(amount, v.description('Base units within free amounts')),
    units: v.pipe(amount, v.description('Charged units')),
    tokens,
    usdCents: v.optional(v.pipe(amount, v.description('US cents with pay-as-you-go'))),
    remainder: v.pipe(amount, v.description('Base units that fill no charged unit, and cost nothing yet')),
    refused: v.pipe(amount, v.description('Base units that are refused')),
    refusedFrom: v.optional(
      v.pipe(dayText, v.description('First day with refused use; absent for typed quantities')),
    ),
  }),
  v.title('WhatIfMeter'),
)

const monthPurchaseAnswer = v.pipe(
  v.object({
    tokens: amount,
    unitPriceUsdCents: money,
    usdCents: money,
    left: v.pipe(tokens, v.description('Tokens that the month leaves')),
  }),
  v.title('WhatIfTokens'),
  v.description(
    'The purchase that pays for the month: the cheapest one that is enough, or the one asked for',
  ),
)

const costFields = {
  tokens: v.pipe(tokens, v.description('Tokens that the use costs')),
  usdCents: v.optional(v.pipe(amount, v.description('The bought tokens and pay-as-you-go'))),
  purchase: v.optional(monthPurchaseAnswer),
  meters: v.array(meterAnswer),
}

const planName = v.picklist(['free', 'pay-as-you-go', 'flex', 'flex-then-pay-as-you-go'])

const planAnswer = v.pipe(
  v.object({
    plan: planName,
    ...costFields,
    refusedMeters: v.pipe(amount, v.description('Number of meters with refused use')),
    unmet: v.pipe(
      v.array(v.picklist(['country', 'payment-method', 'standing'])),
      v.description('Conditions of pay-as-you-go that the team does not meet'),
    ),
  }),
  v.title('WhatIfPlan'),
)

const beforeAnswer = v.pipe(
  v.object({ version: v.string(), until: dayText, ...costFields }),
  v.title('WhatIfBefore'),
  v.description(
    'The same use at the rates before the launch, at the token price of today: for comparison only',
  ),
)

const purchaseAnswer = v.pipe(
  v.object({
    tokens: amount,
    on: dayText,
    unitPriceUsdCents: amount,
    usdCents: amount,
    expiresAt: instantText,
    tokensBefore: v.pipe(tokens, v.description("The team's tokens just before it")),
    emptyBeforeOn: v.optional(
      v.pipe(dayText, v.description('First day before it whose use the tokens do not pay')),
    ),
    runOutOn: v.optional(
      v.pipe(
        dayText,
        v.description('First day after it whose use the tokens do not pay; absent until it expires'),
      ),
    ),
    lapsing: v.pipe(tokens, v.description('Tokens of it that lapse unused')),
  }),
  v.title('WhatIfPurchase'),
  v.description(
    'The purchase with the tokens that the team has, if every day is like the average day of the month',
  ),
)

const whatIfAnswer = v.pipe(
  v.object({
    at: instantText,
    month: v.pipe(periodText, v.description('The month that was asked for, or the current one')),
    plans: v.array(planAnswer),
    best: v.pipe(
      planName,
      v.description(
        'The cheapest plan that refuses nothing; where every plan refuses something, the one that refuses use of the fewest meters, and of these the cheapest',
      ),
    ),
    before: beforeAnswer,
    unrated: v.pipe(
      v.array(v.string()),
      v.description('Names in the month that cost nothing, because they are not rated'),
    ),
    purchase: v.optional(purchaseAnswer),
  }),
  v.title('WhatIf'),
)

export type WhatIfAnswer = v.InferOutput<typeof whatIfAnswer>

export const operation = {
  call: whatIf,
  summary:
    "Shows the cost of a month's use on each plan at the rates, prices and included amounts in force now, as if the month began without a remainder, and the course of a purchase of tokens. Writes nothing.",
  statuses: { 200: 'The costs.' },
  answer: whatIfAnswer,
  problems: [409],
  example: {
    request: { use: { quantities: [{ meter: 'model-derivative-complex-job', quantity: 41 }] } },
  },
} as const satisfies Operation
