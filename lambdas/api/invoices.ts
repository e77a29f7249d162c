import { getInvoice as getCall } from '../../contract/get-invoice.ts'
import { instantToJson } from '../../contract/instant.ts'
import { type InvoicesAnswer, listInvoices as listCall } from '../../contract/list-invoices.ts'
import { invoiceDueId } from '../../core/account/dues.ts'
import { invoiceToCsv, invoiceToHtml } from '../http/invoice-document.ts'
import { type Invoice, invoiceToJson, type Payments } from '../http/invoice-json.ts'
import { preferredMediaType } from '../http/negotiate.ts'
import { notFound, type Outcome } from '../http/outcome.ts'
import { hubRoute } from '../http/route.ts'
import type { TeamDeps } from '../runtime/team-deps.ts'

/** The most invoices that are listed: ten years of months. */
const invoicesMax = 120
/** The most credit notes that are listed. */
const creditNotesMax = 200

/** Lists the team's invoices, newest first. */
export function listInvoices(deps: TeamDeps) {
  return hubRoute(deps, listCall, async ({ params }): Promise<Outcome> => {
    const found = await find(deps, params.teamId)
    if (found === undefined) return notFound
    const notes = await deps.creditNotes.newest(params.teamId, creditNotesMax)
    const creditNotes = notes.map((note) => ({ ...note, issuedAt: instantToJson(note.issuedAt) }))
    const invoices = found.invoices.map((invoice) => invoiceToJson(invoice, found))
    return { status: 200, body: { invoices, creditNotes } satisfies InvoicesAnswer }
  })
}

/**
 * Shows the invoice of one period, from 48 hours after its end, if pay-as-you-go charged anything in it. The caller accepts
 * JSON, CSV or a page to print.
 */
export function getInvoice(deps: TeamDeps) {
  return hubRoute(deps, getCall, async ({ params, headers, language }): Promise<Outcome> => {
    const found = await find(deps, params.teamId)
    const invoice = found?.invoices.find(({ period }) => period === params.period)
    if (found === undefined || invoice === undefined) return notFound
    const body = invoiceToJson(invoice, found)
    const type = preferredMediaType(headers.accept, ['application/json', 'text/csv', 'text/html'])
    if (type === 'text/csv') {
      return { status: 200, headers: { 'content-type': 'text/csv; charset=utf-8' }, body: invoiceToCsv(body) }
    }
    if (type === 'text/html') {
      return { status: 200, headers: htmlHeaders, body: invoiceToHtml(body, language) }
    }
    return { status: 200, body }
  })
}

const htmlHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
}

interface Found extends Payments {
  readonly invoices: readonly Invoice[]
}

/** The stored invoices, and those that time has made but no operation has stored yet. */
async function find(deps: TeamDeps, teamId: string): Promise<Found | undefined> {
  const [seen, team] = await Promise.all([deps.operations.look(teamId), deps.teams.find(teamId)])
  if (seen === undefined) return undefined
  const { account, entries } = seen
  const coming = entries.filter((entry) => entry.kind === 'period-closed')
  const written = await deps.journal.invoices(teamId, invoicesMax)
  const invoices = [...coming.toReversed(), ...written]
  const names = invoices.map(({ period }) => invoiceDueId(period))
  const payables = await deps.payables.findAll(teamId, names)
  return { invoices, account, payables, name: team?.name ?? teamId }
}
