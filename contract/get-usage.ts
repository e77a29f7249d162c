import * as v from 'valibot'
import { dayMs } from '../core/time/time.ts'
import type { Call } from './call.ts'
import { calendarDay, say } from './fields.ts'
import { amount, dayText, tokens } from './figures.ts'
import type { Operation } from './operation.ts'
import type { Route } from './route.ts'
import { teamParams } from './team.ts'

export const route = {
  method: 'GET',
  path: '/v1/teams/{teamId}/usage',
  function: 'hub',
  scope: 'hub:read',
  operationId: 'getUsage',
} as const satisfies Route

const daysMax = 400
const daysBetween = ({ from, to }: { from: string; to: string }) =>
  (Date.parse(to) - Date.parse(from)) / dayMs

export type UsageDimension = 'day' | 'meter' | 'app'

/** `from` and `to` are both included. Rows are grouped by all three dimensions unless `groupBy` names some. */
export const getUsage = {
  route,
  params: teamParams,
  query: v.pipe(
    v.strictObject({
      from: calendarDay,
      to: calendarDay,
      groupBy: v.optional(
        v.pipe(
          v.string(),
          v.regex(/^(day|meter|app)(,(day|meter|app)){0,2}$/, say('groupBy')),
          v.check((text) => new Set(text.split(',')).size === text.split(',').length, say('groupBy')),
          v.transform((text) => text.split(',') as UsageDimension[]),
        ),
        'day,meter,app',
      ),
    }),
    v.forward(
      v.check((query) => daysBetween(query) >= 0, say('notBeforeFrom')),
      ['to'],
    ),
    v.forward(
      v.check((query) => daysBetween(query) < daysMax, say('daysMax')),
      ['to'],
    ),
  ),
} as const satisfies Call

/** `quantity` is the actual use in base units; the other fields are its charges. */
const usageRowAnswer = v.pipe(
  v.object({
    day: v.optional(dayText),
    meter: v.optional(v.string()),
    app: v.optional(v.string()),
    quantity: amount,
    included: v.optional(
      v.pipe(
        amount,
        v.description('The part of the quantity that product subscriptions include; absent for none'),
      ),
    ),
    units: amount,
    tokens,
    usdCents: v.optional(v.pipe(amount, v.description('Only admins see money'))),
  }),
  v.title('UsageRow'),
)

const usageRowsAnswer = v.pipe(
  v.object({ from: dayText, to: dayText, rows: v.array(usageRowAnswer) }),
  v.title('UsageRows'),
)

export type UsageRowAnswer = v.InferOutput<typeof usageRowAnswer>
export type UsageRowsAnswer = v.InferOutput<typeof usageRowsAnswer>

export const operation = {
  call: getUsage,
  summary: 'Lists the daily use by meter and app; as CSV with Accept: text/csv.',
  statuses: { 200: 'The rows, in the order of their groups.' },
  answer: usageRowsAnswer,
  media: ['text/csv'],
  headers: ['ContentDisposition'],
} as const satisfies Operation
