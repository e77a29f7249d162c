import * as v from 'valibot'
import { dueStages } from '../core/directory/money.ts'
import { moneyActKinds } from '../core/journal/money-act.ts'
import type { Call } from './call.ts'
import { pageSize, period } from './fields.ts'
import { amount, instantText, periodText } from './figures.ts'
import type { Operation } from './operation.ts'
import { sayToPeople } from './people-messages.ts'
import type { Route } from './route.ts'

export const route = {
  method: 'GET',
  path: '/v1/money',
  function: 'ops',
  scope: 'ops:admin',
  operationId: 'listMoney',
} as const satisfies Route

/** The place of the last row that the previous page examined, encoded. */
const cursor = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,600}$/, sayToPeople('cursor')))

/** Lists of what is so now, and those of a month. */
export const moneyLists = ['needs-person', 'due', ...moneyActKinds] as const

/** The reasons why a person has to look at a row. */
export const moneyNeeds = [
  'overdue',
  'charged-back',
  'nobody-to-warn',
  'no-result',
  'unexpected-payment',
] as const

export const listMoney = {
  route,
  query: v.strictObject({
    list: v.optional(v.picklist(moneyLists), 'needs-person'),
    month: v.optional(
      v.pipe(period, v.description('A UTC month, for lists of past acts; by default the current one')),
    ),
    cursor: v.optional(cursor),
    limit: v.optional(pageSize, '50'),
  }),
} as const satisfies Call

/** The columns of a row as CSV. */
export const moneyColumns = [
  'at',
  'team',
  'name',
  'kind',
  'need',
  'stage',
  'usdCents',
  'tokens',
  'references',
  'payment',
  'reason',
  'nextTryAt',
  'stopsAt',
] as const

const moneyRowAnswer = v.pipe(
  v.object({
    teamId: v.string(),
    name: v.string(),
    kind: v.pipe(v.picklist(['due', ...moneyActKinds]), v.description('A due, or a past act')),
    need: v.optional(v.pipe(v.picklist(moneyNeeds), v.description('Why a person has to look at it'))),
    stage: v.optional(v.pipe(v.picklist(dueStages), v.description('Of a due'))),
    at: v.pipe(instantText, v.description('Since when a due is in its stage, or the instant of an act')),
    usdCents: amount,
    tokens: v.optional(v.pipe(amount, v.description('Credited tokens'))),
    references: v.pipe(
      v.array(v.string()),
      v.description('Dues such as invoice:2026-02 or charge-back:p1, a purchase, adjustment or reversal'),
    ),
    paymentId: v.optional(v.string()),
    reason: v.optional(v.pipe(v.string(), v.description('Of a credit, as an operator wrote it'))),
    nextTryAt: v.optional(v.pipe(instantText, v.description('The next try of a failed payment'))),
    stopsAt: v.optional(
      v.pipe(
        instantText,
        v.description('The instant at which a failed payment stops, or stopped, rated APIs'),
      ),
    ),
    creditLeftUsdCents: v.optional(v.pipe(amount, v.description("The team's credit now, for an act"))),
    version: v.optional(v.pipe(amount, v.description("The act's entry in the team's statement"))),
  }),
  v.title('MoneyRow'),
)

const moneyAnswer = v.pipe(
  v.object({
    at: v.pipe(instantText, v.description('The instant of the answer')),
    list: v.picklist(moneyLists),
    month: v.optional(periodText),
    money: v.array(moneyRowAnswer),
    sum: v.optional(
      v.pipe(
        v.object({ rows: amount, usdCents: amount, tokens: v.optional(amount) }),
        v.title('MoneySum'),
        v.description('On the first page: the sum of the whole list, unless it has more than 20,000 rows'),
      ),
    ),
    cursor: v.optional(cursor),
  }),
  v.title('Money'),
)

export type MoneyRowAnswer = v.InferOutput<typeof moneyRowAnswer>
export type MoneyAnswer = v.InferOutput<typeof moneyAnswer>

export const operation = {
  call: listMoney,
  summary:
    'Lists money across all teams: what needs a person, what is due, and what failed, was credited, refunded or charged back in a month, newest first; as CSV with Accept: text/csv. Changes appear within seconds.',
  statuses: {
    200: 'A page of rows. `cursor`, or for CSV the header `link`, leads to the next one. A page may be short, and even empty, while it has a cursor.',
  },
  answer: moneyAnswer,
  media: ['text/csv'],
  headers: ['ContentDisposition', 'Link'],
} as const satisfies Operation
