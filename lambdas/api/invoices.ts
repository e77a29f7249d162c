import { getInvoice as getCall } from '../../contract/get-invoice.ts'
import { type InvoicesAnswer, listInvoices as listCall } from '../../contract/list-invoices.ts'
import { invoiceDueId } from '../../core/account/dues.ts'
import { issuedCreditNoteToJson } from '../http/document-json.ts'
import { invoiceToCsv, invoiceToHtml } from '../http/invoice-document.ts'
import { type Invoice, invoiceToJson, listedInvoiceToJson } from '../http/invoice-json.ts'
import { preferredMediaType } from '../http/negotiate.ts'
import { notFound, type Outcome } from '../http/outcome.ts'
import { paperHeaders } from '../http/paper.ts'
import { hubRoute } from '../http/route.ts'
import type { TeamDeps } from '../runtime/team-deps.ts'
import type { Seen } from '../store/operations.ts'

/** The most invoices that are listed: ten years of months. */
const invoicesMax = 120
/** The most credit notes that are listed. */
const creditNotesMax = 200

/** Lists the team's invoices and credit notes, newest first, with the state of the invoices as it is now. */
export function listInvoices(deps: TeamDeps) {
  return hubRoute(deps, listCall, async ({ params: { teamId } }): Promise<Outcome> => {
    const seen = await deps.operations.look(teamId)
    if (seen === undefined) return notFound
    const [found, notes] = await Promise.all([
      findInvoices(deps, seen),
      deps.creditNotes.newest(teamId, creditNotesMax),
    ])
    const dueIds = found.map(({ period }) => invoiceDueId(period))
    const [payables, names] = await Promise.all([
      deps.payables.findAll(teamId, dueIds),
      deps.teams.namesAt(
        teamId,
        [...found, ...notes].map(({ teamVersion }) => teamVersion),
      ),
    ])
    const invoices = found.map((invoice) =>
      listedInvoiceToJson(invoice, { account: seen.account, payables, teamId, names }),
    )
    const creditNotes = notes.map((note) => issuedCreditNoteToJson(note, { teamId, names }))
    return { status: 200, body: { invoices, creditNotes } satisfies InvoicesAnswer }
  })
}

/**
 * Shows the invoice of one period, from 48 hours after its end, if pay-as-you-go charged anything in it. The caller accepts
 * JSON, CSV or a page to print. None of them changes with what happens later; only the name that it bears may be erased.
 */
export function getInvoice(deps: TeamDeps) {
  return hubRoute(
    deps,
    getCall,
    async ({ params: { teamId, period }, headers, language }): Promise<Outcome> => {
      const seen = await deps.operations.look(teamId)
      const found = seen && (await findInvoices(deps, seen))
      const invoice = found?.find((other) => other.period === period)
      if (invoice === undefined) return notFound
      const names = await deps.teams.namesAt(teamId, [invoice.teamVersion])
      const body = invoiceToJson(invoice, { teamId, names })
      const type = preferredMediaType(headers.accept, ['application/json', 'text/csv', 'text/html'])
      if (type === 'text/csv') {
        return {
          status: 200,
          headers: { 'content-type': 'text/csv; charset=utf-8' },
          body: invoiceToCsv(body),
        }
      }
      if (type === 'text/html') {
        return { status: 200, headers: paperHeaders, body: invoiceToHtml(body, language) }
      }
      return { status: 200, body }
    },
  )
}

/** The stored invoices, and those that time has made but no operation has stored yet. */
async function findInvoices(
  { journal }: TeamDeps,
  { account: { teamId }, entries }: Seen,
): Promise<readonly Invoice[]> {
  const coming = entries.filter((entry) => entry.kind === 'period-closed')
  return [...coming.toReversed(), ...(await journal.invoices(teamId, invoicesMax))]
}
