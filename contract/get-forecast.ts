import * as v from 'valibot'
import type { Call } from './call.ts'
import { amount, dayText, instantText, periodText, tokens } from './figures.ts'
import type { Operation } from './operation.ts'
import type { Route } from './route.ts'
import { teamParams } from './team.ts'

export const route = {
  method: 'GET',
  path: '/v1/teams/{teamId}/forecast',
  function: 'hub',
  scope: 'hub:read',
  isOpenToOperators: true,
  operationId: 'getForecast',
} as const satisfies Route

export const getForecast = { route, params: teamParams, timeField: 'at' } as const satisfies Call

const usdCents = v.optional(v.pipe(amount, v.description('Only admins see money')))

const costAnswer = v.pipe(
  v.object({ tokens, usdCents }),
  v.title('ForecastCost'),
  v.description('Tokens and money that use costs; a unit costs one or the other'),
)

const expectedCostAnswer = v.pipe(
  v.object({
    /** The charges of this month's use, as the daily usage shows them. */
    soFar: costAnswer,
    expected: costAnswer,
    low: costAnswer,
    high: costAnswer,
  }),
  v.title('MonthForecast'),
)

const lapsingAnswer = v.pipe(
  v.object({ lotId: v.string(), expiresAt: instantText, tokens }),
  v.title('LapsingTokens'),
)

const tokensAnswer = v.pipe(
  v.object({
    remaining: tokens,
    runOutOn: v.optional(
      v.pipe(dayText, v.description('First day whose use the tokens do not pay; absent before horizonAt')),
    ),
    runOutEarliestOn: v.optional(dayText),
    runOutLatestOn: v.optional(dayText),
    lapsing: v.pipe(v.array(lapsingAnswer), v.description('Lots that lapse with tokens left at this pace')),
    horizonAt: v.pipe(
      instantText,
      v.description('The end of the last lot, or of the month where that is later'),
    ),
  }),
  v.title('TokensForecast'),
)

const limitAnswer = v.pipe(
  v.object({
    kind: v.picklist(['included', 'free', 'spend', 'app']),
    meter: v.optional(v.string()),
    appId: v.optional(v.string()),
    used: v.pipe(amount, v.description('Base units; US cents for the spend limit, which only admins see')),
    limit: amount,
    reachedOn: v.optional(
      v.pipe(dayText, v.description('Day on which it is used up at this pace; absent if not in this month')),
    ),
  }),
  v.title('LimitForecast'),
)

const meterAnswer = v.pipe(
  v.object({ meter: v.string(), used: amount, expected: amount, low: amount, high: amount }),
  v.title('MeterForecast'),
)

const basisAnswer = v.pipe(
  v.object({ from: dayText, to: dayText, days: amount }),
  v.title('ForecastBasis'),
  v.description('Full days that the pace is taken from; with 0 days there is no pace yet'),
)

const forecastAnswer = v.pipe(
  v.object({
    at: instantText,
    period: periodText,
    resetsAt: instantText,
    cost: expectedCostAnswer,
    lastMonth: v.pipe(v.object({ period: periodText, tokens, usdCents }), v.title('LastMonthCost')),
    days: v.pipe(
      v.array(v.pipe(v.object({ day: dayText, tokens, usdCents }), v.title('DayCost'))),
      v.description('Charges of the use of the last 35 days, today included'),
    ),
    tokens: tokensAnswer,
    limits: v.array(limitAnswer),
    /** Base units by the end of the month. */
    meters: v.array(meterAnswer),
    basis: basisAnswer,
  }),
  v.title('Forecast'),
)

export type ForecastAnswer = v.InferOutput<typeof forecastAnswer>

export const operation = {
  call: getForecast,
  summary:
    'Forecasts the cost of the month, the end of the tokens and the days on which amounts are used up. Each coming day is like the average of the same weekday in the last four weeks, in which later weeks count more; the range repeats the quietest and the busiest of the last eight weeks. A developer sees no amounts of money.',
  statuses: { 200: 'The forecast. It changes with the account, its use and the day.' },
  answer: forecastAnswer,
} as const satisfies Operation
