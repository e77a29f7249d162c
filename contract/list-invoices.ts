import * as v from 'valibot'
import type { Call } from './call.ts'
import { issuedCreditNoteAnswer } from './credit-note.ts'
import { listedInvoiceAnswer } from './invoice.ts'
import type { Operation } from './operation.ts'
import type { Route } from './route.ts'
import { teamParams } from './team.ts'

export const route = {
  method: 'GET',
  path: '/v1/teams/{teamId}/invoices',
  function: 'hub',
  scope: 'hub:read',
  isAdminOnly: true,
  operationId: 'listInvoices',
} as const satisfies Route

export const listInvoices = { route, params: teamParams } as const satisfies Call

const invoicesAnswer = v.pipe(
  v.object({ invoices: v.array(listedInvoiceAnswer), creditNotes: v.array(issuedCreditNoteAnswer) }),
  v.title('Invoices'),
)

export type InvoicesAnswer = v.InferOutput<typeof invoicesAnswer>

export const operation = {
  call: listInvoices,
  summary:
    'Lists the bills of the team, and the credit notes that correct them. Both share one series of numbers.',
  statuses: { 200: 'The invoices and credit notes, newest first.' },
  answer: invoicesAnswer,
} as const satisfies Operation
