import * as v from 'valibot'
import type { Call } from './call.ts'
import { id, period } from './fields.ts'
import { invoiceAnswer } from './invoice.ts'
import type { Operation } from './operation.ts'
import type { Route } from './route.ts'

export const route = {
  method: 'GET',
  path: '/v1/teams/{teamId}/invoices/{period}',
  function: 'hub',
  scope: 'hub:read',
  isAdminOnly: true,
  isOpenToOperators: true,
  operationId: 'getInvoice',
} as const satisfies Route

export const getInvoice = {
  route,
  params: v.strictObject({ teamId: id, period }),
} as const satisfies Call

export const operation = {
  call: getInvoice,
  summary:
    'Shows the bill of one month as it was issued; as CSV, or as a page to print, by Accept. The list has its current state.',
  statuses: { 200: 'The invoice.' },
  answer: invoiceAnswer,
  media: ['text/csv', 'text/html'],
  headers: ['ContentSecurityPolicy'],
} as const satisfies Operation
