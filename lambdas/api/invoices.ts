import { getInvoice as getCall } from '../../contract/get-invoice.ts'
import { listInvoices as listCall } from '../../contract/list-invoices.ts'
import type { Account } from '../../core/account/account.ts'
import { invoiceToCsv, invoiceToHtml } from '../http/invoice-document.ts'
import { type Invoice, invoiceToJson } from '../http/invoice-json.ts'
import { notFound, type Outcome } from '../http/outcome.ts'
import { route } from '../http/route.ts'
import type { Deps } from '../runtime/deps.ts'

/** The most invoices that are listed: ten years of months. */
const invoicesMax = 120

/** Lists the team's invoices, newest first. */
export function listInvoices(deps: Deps) {
  return route(listCall, async ({ params }): Promise<Outcome> => {
    const found = await find(deps, params.teamId)
    if (found === undefined) return notFound
    const { invoices, account, name } = found
    return {
      status: 200,
      body: { invoices: invoices.map((invoice) => invoiceToJson(invoice, account, name)) },
    }
  })
}

/**
 * Shows the invoice of one period, from 48 hours after its end, if pay-as-you-go charged anything in it. The caller accepts
 * JSON, CSV or a page to print.
 */
export function getInvoice(deps: Deps) {
  return route(getCall, async ({ params, headers, language }): Promise<Outcome> => {
    const found = await find(deps, params.teamId)
    const invoice = found?.invoices.find(({ period }) => period === params.period)
    if (found === undefined || invoice === undefined) return notFound
    const body = invoiceToJson(invoice, found.account, found.name)
    const accept = headers.accept ?? ''
    if (/\btext\/csv\b/.test(accept)) {
      return { status: 200, headers: { 'content-type': 'text/csv; charset=utf-8' }, body: invoiceToCsv(body) }
    }
    if (/\btext\/html\b/.test(accept)) {
      return { status: 200, headers: htmlHeaders, body: invoiceToHtml(body, language) }
    }
    return { status: 200, body }
  })
}

const htmlHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
}

interface Found {
  readonly invoices: readonly Invoice[]
  readonly account: Account
  readonly name: string
}

/** The stored invoices, and those that time has made but no operation has stored yet. */
async function find(deps: Deps, teamId: string): Promise<Found | undefined> {
  const [seen, team] = await Promise.all([deps.operations.look(teamId), deps.teams.find(teamId)])
  if (seen === undefined) return undefined
  const { account, entries } = seen
  const coming = entries.filter((entry) => entry.kind === 'period-closed')
  const written = await deps.journal.invoices(teamId, invoicesMax)
  return { invoices: [...coming.toReversed(), ...written], account, name: team?.name ?? teamId }
}
