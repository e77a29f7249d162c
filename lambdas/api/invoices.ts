import { advance } from '../../core/account/advance.ts'
import type { EntryOf } from '../../core/journal.ts'
import { notFound, type Outcome } from '../http/outcome.ts'
import { route } from '../http/route.ts'
import type { Deps } from '../runtime/deps.ts'
import { getInvoice as getCall, listInvoices as listCall } from '../schema/hub.ts'
import type { InvoiceAnswer } from '../schema/hub-answers.ts'
import { instantToJson } from '../schema/instant.ts'

type Invoice = EntryOf<'period-closed'>

/** Invoices that are listed at most: ten years of months. */
const invoicesMax = 120

/** The team's invoices, newest first. */
export function listInvoices(deps: Deps) {
  return route(listCall, async ({ params }): Promise<Outcome> => {
    const invoices = await invoicesOf(deps, params.teamId)
    return invoices === undefined ? notFound : { status: 200, body: { invoices: invoices.map(toJson) } }
  })
}

/** The invoice of one period: 48 hours after its end, if pay-as-you-go charged anything in it. */
export function getInvoice(deps: Deps) {
  return route(getCall, async ({ params }): Promise<Outcome> => {
    const invoices = await invoicesOf(deps, params.teamId)
    const invoice = invoices?.find(({ period }) => period === params.period)
    return invoice === undefined ? notFound : { status: 200, body: toJson(invoice) }
  })
}

/** Those that are written, and those that time has already made but nothing has written yet. */
async function invoicesOf(deps: Deps, teamId: string): Promise<readonly Invoice[] | undefined> {
  const [account, catalog] = await Promise.all([deps.operations.load(teamId), deps.catalog.get()])
  if (account === undefined) return undefined
  const due = advance(account, Math.max(deps.clock.now(), account.at), catalog).entries
  const coming = due.filter((entry) => entry.kind === 'period-closed')
  return [...coming.toReversed(), ...(await deps.journal.invoices(teamId, invoicesMax))]
}

function toJson({ teamId, period, usdCents, creditUsdCents, lines, at }: Invoice): InvoiceAnswer {
  return {
    invoiceId: `${teamId}-${period}`,
    period,
    usdCents,
    lines: [...lines],
    ...(creditUsdCents > 0 && { creditUsdCents }),
    issuedAt: instantToJson(at),
  }
}
