import * as v from 'valibot'
import type { Call } from './call.ts'
import { issuedCreditNoteAnswer } from './credit-note.ts'
import { listedInvoiceAnswer } from './invoice.ts'
import type { Operation } from './operation.ts'
import { sayToPeople } from './people-messages.ts'
import type { Route } from './route.ts'
import { teamParams } from './team.ts'

export const route = {
  method: 'GET',
  path: '/v1/teams/{teamId}/invoices',
  function: 'hub',
  scope: 'hub:read',
  isAdminOnly: true,
  isOpenToOperators: true,
  operationId: 'listInvoices',
} as const satisfies Route

/** The last month, and the last number of a credit note, of the previous page. */
const cursor = v.pipe(
  v.string(),
  v.regex(/^[1-9][0-9]{3}-(0[1-9]|1[0-2])\.[1-9][0-9]{0,8}$/, sayToPeople('cursor')),
)

export const listInvoices = {
  route,
  params: teamParams,
  query: v.strictObject({ cursor: v.optional(cursor) }),
} as const satisfies Call

const invoicesAnswer = v.pipe(
  v.object({
    invoices: v.array(listedInvoiceAnswer),
    creditNotes: v.array(issuedCreditNoteAnswer),
    cursor: v.optional(cursor),
  }),
  v.title('Invoices'),
)

export type InvoicesAnswer = v.InferOutput<typeof invoicesAnswer>

export const operation = {
  call: listInvoices,
  summary:
    'Lists the bills of the team, and the credit notes that correct them. Both share one series of numbers.',
  statuses: { 200: 'A page of invoices and credit notes, newest first; `cursor` leads to the next one.' },
  answer: invoicesAnswer,
} as const satisfies Operation
