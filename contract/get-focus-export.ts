import * as v from 'valibot'
import type { Call } from './call.ts'
import { period } from './fields.ts'
import type { Operation } from './operation.ts'
import { sayToPeople } from './people-messages.ts'
import type { Route } from './route.ts'
import { teamParams } from './team.ts'

export const route = {
  method: 'GET',
  path: '/v1/teams/{teamId}/exports/focus',
  function: 'hub',
  scope: 'hub:read',
  isAdminOnly: true,
  isOpenToOperators: true,
  operationId: 'getFocusExport',
} as const satisfies Route

const monthsMax = 24
const monthsOf = (text: string) => Number(text.slice(0, 4)) * 12 + Number(text.slice(5))

/** The version of the last entry of the previous page. */
const cursor = v.pipe(v.string(), v.regex(/^[1-9][0-9]{0,14}$/, sayToPeople('cursor')))

/** `from` and `to` are months of bills, both included. */
export const getFocusExport = {
  route,
  params: teamParams,
  query: v.pipe(
    v.strictObject({ from: period, to: period, cursor: v.optional(cursor) }),
    v.forward(
      v.check(({ from, to }) => from <= to, sayToPeople('notBeforeFrom')),
      ['to'],
    ),
    v.forward(
      v.check(({ from, to }) => monthsOf(to) - monthsOf(from) < monthsMax, sayToPeople('monthsMax')),
      ['to'],
    ),
  ),
} as const satisfies Call

export const operation = {
  call: getFocusExport,
  summary:
    'Exports the charges of some months as CSV in the format FOCUS 1.2, for tools that read the bills of several providers; in pages, each with its heading.',
  statuses: {
    200: 'A page of rows. The header `Link` leads to the next one; a page before the last may have no rows.',
  },
  media: ['text/csv'],
  headers: ['ContentDisposition', 'Link'],
} as const satisfies Operation
