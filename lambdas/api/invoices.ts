import { getInvoice as getCall } from '../../contract/get-invoice.ts'
import { type InvoicesAnswer, listInvoices as listCall } from '../../contract/list-invoices.ts'
import { invoiceDueId } from '../../core/account/dues.ts'
import type { Period } from '../../core/time/time.ts'
import { issuedCreditNoteToJson } from '../http/document-json.ts'
import { invoiceToCsv, invoiceToHtml } from '../http/invoice-document.ts'
import { type Invoice, invoiceToJson, listedInvoiceToJson } from '../http/invoice-json.ts'
import { preferredMediaType } from '../http/negotiate.ts'
import { notFound, type Outcome } from '../http/outcome.ts'
import { paperHeaders } from '../http/paper.ts'
import { hubRoute } from '../http/route.ts'
import type { TeamDeps } from '../runtime/team-deps.ts'
import { invoiceKey } from '../store/keys.ts'
import type { Seen } from '../store/operations.ts'

/** The most documents of a page: ten years of invoices, unless they have more lines, and as many credit notes. */
const documentsMax = 120
/** The most lines of the invoices of a page, of some 400 bytes each; at least one invoice is listed. */
const linesMax = 10_000

/** Place of a page: its invoices are of months before `period`, its credit notes have numbers below `number`. */
interface Place {
  readonly period: Period
  readonly number: number
}

const start: Place = { period: '9999-12', number: 999_999_999 }

/** Lists the team's invoices and credit notes, newest first, with the state of the invoices as it is now. */
export function listInvoices(deps: TeamDeps) {
  return hubRoute(deps, listCall, async ({ params: { teamId }, query }): Promise<Outcome> => {
    const seen = await deps.operations.look(teamId)
    if (seen === undefined) return notFound
    const before = query.cursor === undefined ? start : placeOf(query.cursor)
    const [found, foundNotes] = await Promise.all([
      findInvoices(deps, seen, before.period),
      deps.creditNotes.newest(teamId, before.number, documentsMax + 1),
    ])
    const shown = found.slice(0, countOf(found))
    const notes = foundNotes.slice(0, documentsMax)
    const dueIds = shown.map(({ period }) => invoiceDueId(period))
    const [payables, names] = await Promise.all([
      deps.payables.findAll(teamId, dueIds),
      deps.teams.namesAt(
        teamId,
        [...shown, ...notes].map(({ teamVersion }) => teamVersion),
      ),
    ])
    const invoices = shown.map((invoice) =>
      listedInvoiceToJson(invoice, { account: seen.account, payables, teamId, names }),
    )
    const creditNotes = notes.map((note) => issuedCreditNoteToJson(note, { teamId, names }))
    const isLast = shown.length === found.length && notes.length === foundNotes.length
    const period = shown.at(-1)?.period ?? before.period
    const number = notes.at(-1)?.number ?? before.number
    const cursor = isLast ? undefined : `${period}.${number}`
    return { status: 200, body: { invoices, creditNotes, cursor } satisfies InvoicesAnswer }
  })
}

function placeOf(cursor: string): Place {
  const [period = '', number] = cursor.split('.')
  return { period, number: Number(number) }
}

/** Number of the first invoices that fit into a page. */
function countOf(invoices: readonly Invoice[]): number {
  let lines = 0
  for (const [index, invoice] of invoices.slice(0, documentsMax).entries()) {
    lines += invoice.lines.length
    if (lines > linesMax && index > 0) return index
  }
  return Math.min(invoices.length, documentsMax)
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
      const coming = seen && comingIn(seen).find((other) => other.period === period)
      const invoice = coming ?? (await deps.journal.find(invoiceKey(teamId, period), 'period-closed'))
      if (seen === undefined || invoice === undefined) return notFound
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

/** Invoices of months before one: those that time has made but no operation has stored yet, and the stored ones. */
async function findInvoices({ journal }: TeamDeps, seen: Seen, before: Period): Promise<readonly Invoice[]> {
  const coming = comingIn(seen).filter(({ period }) => period < before)
  return [...coming, ...(await journal.invoices(seen.account.teamId, before, documentsMax + 1))]
}

/** The invoices that no operation has stored yet, newest first. */
const comingIn = ({ entries }: Seen): readonly Invoice[] =>
  entries.filter((entry) => entry.kind === 'period-closed').toReversed()
