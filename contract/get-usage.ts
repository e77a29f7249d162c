import * as v from 'valibot'
import { dayMs } from '../core/time/time.ts'
import type { Call } from './call.ts'
import { calendarDay, id, period } from './fields.ts'
import { amount, dayText, periodText, tokens } from './figures.ts'
import type { Operation } from './operation.ts'
import { sayToPeople } from './people-messages.ts'
import type { Route } from './route.ts'
import { teamParams } from './team.ts'

export const route = {
  method: 'GET',
  path: '/v1/teams/{teamId}/usage',
  function: 'hub',
  scope: 'hub:read',
  isOpenToOperators: true,
  operationId: 'getUsage',
} as const satisfies Route

const daysMax = 400
const daysBetween = ({ from, to }: { from: string; to: string }) =>
  (Date.parse(to) - Date.parse(from)) / dayMs

export const usageDimensions = ['day', 'month', 'meter', 'app'] as const
export type UsageDimension = (typeof usageDimensions)[number]

const isDimension = (text: string): text is UsageDimension => usageDimensions.some((name) => name === text)

const groupBy = v.pipe(
  v.string(),
  v.regex(/^(day|month|meter|app)(,(day|month|meter|app)){0,3}$/, sayToPeople('groupBy')),
  v.transform((text) => text.split(',').filter(isDimension)),
  v.check((names) => new Set(names).size === names.length, sayToPeople('groupBy')),
  v.check((names) => !names.includes('day') || !names.includes('month'), sayToPeople('dayOrMonth')),
)

/**
 * The place at which the previous page ended: a month, an app in all months, or both. A page never divides a group: it ends
 * with a month, with an app or, where groups have a time and an app, with an app in a month.
 */
const cursor = v.pipe(
  v.string(),
  v.regex(
    /^([0-9]{4}-(0[1-9]|1[0-2])(:[A-Za-z0-9._-]{1,64})?|:[A-Za-z0-9._-]{1,64})$/,
    sayToPeople('cursor'),
  ),
)

/** `from` and `to` are both included. Rows are grouped by day, meter and app unless `groupBy` names some. */
export const getUsage = {
  route,
  params: teamParams,
  query: v.pipe(
    v.strictObject({
      from: calendarDay,
      to: calendarDay,
      groupBy: v.optional(groupBy, 'day,meter,app'),
      /** Only the use of this app. */
      appId: v.optional(id),
      cursor: v.optional(cursor),
    }),
    v.forward(
      v.check((query) => daysBetween(query) >= 0, sayToPeople('notBeforeFrom')),
      ['to'],
    ),
    v.forward(
      v.check((query) => daysBetween(query) < daysMax, sayToPeople('daysMax')),
      ['to'],
    ),
  ),
} as const satisfies Call

const otherBillAnswer = v.pipe(
  v.object({ period: periodText, usdCents: amount }),
  v.title('UsageInOtherBill'),
)

/** `quantity` is the actual use in base units; the other fields are its charges. */
const usageRowAnswer = v.pipe(
  v.object({
    day: v.optional(dayText),
    month: v.optional(period),
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
    otherBills: v.optional(
      v.pipe(
        v.array(otherBillAnswer),
        v.description(
          'The part of usdCents in bills of other months, because it was reported after its month was closed; absent for none',
        ),
      ),
    ),
  }),
  v.title('UsageRow'),
)

const usageRowsAnswer = v.pipe(
  v.object({ from: dayText, to: dayText, rows: v.array(usageRowAnswer), cursor: v.optional(cursor) }),
  v.title('UsageRows'),
)

export type UsageRowAnswer = v.InferOutput<typeof usageRowAnswer>
export type UsageRowsAnswer = v.InferOutput<typeof usageRowsAnswer>

export const operation = {
  call: getUsage,
  summary:
    'Lists the daily or monthly use by meter and app, in pages that never divide a sum; as CSV with Accept: text/csv, each page with its heading.',
  statuses: {
    200: 'A page of rows, in the order of their groups. `cursor`, or for CSV the header `link`, leads to the next one; a page before the last may be empty.',
  },
  answer: usageRowsAnswer,
  media: ['text/csv'],
  headers: ['ContentDisposition', 'Link'],
} as const satisfies Operation
