import { tokenPrice } from '../account/dues.ts'
import type { Entry, EntryOf } from '../journal/entry.ts'
import { type Period, periodEnd, periodOf, periodStart } from '../time/time.ts'
import { baseRow, costColumns, moneyRow, priceColumns, type RowHead } from './base-row.ts'
import { cents, milli, times } from './decimal.ts'
import { creditNoteIdOf, invoiceIdOf, paymentIdOf, receiptIdOf } from './document-ids.ts'
import type { FocusFacts } from './facts.ts'
import type { FocusRow } from './row.ts'
import { listPriceOf } from './sku.ts'

/** The rows of an entry that are not for use: receipts, and what invoices, credit notes and payments add or take off. */
export function moneyRows(entry: Entry, facts: FocusFacts): readonly FocusRow[] {
  switch (entry.kind) {
    case 'lot-granted':
      return receiptRows(entry, facts)
    case 'period-closed':
      return invoiceRows(entry, facts)
    case 'reversal':
      return creditNoteRows(entry, facts)
    case 'payment':
      return paymentRows(entry, facts)
    default:
      return []
  }
}

type Head = Pick<RowHead, 'category' | 'description'> & {
  readonly invoiceId: string
  readonly period?: Period
}

/** A row in a month: that of the entry, unless another is named. */
function headOf(entry: Entry, { sellerName }: FocusFacts, { invoiceId, period, ...head }: Head): RowHead {
  const month = period ?? periodOf(entry.at)
  return {
    ...head,
    teamId: entry.teamId,
    sellerName,
    version: entry.version,
    bill: { period: month, invoiceId, isCorrection: false },
    span: { from: periodStart(month), to: periodEnd(month) },
  }
}

/** The purchase of a lot, for the life of the lot. Its cost becomes effective as its tokens are used. */
function receiptRows(entry: EntryOf<'lot-granted'>, facts: FocusFacts): readonly FocusRow[] {
  const { lot, receipt } = entry
  if (receipt === undefined) return []
  const head = headOf(entry, facts, {
    category: 'Purchase',
    description: `${lot.milliTokens / 1_000} Flex tokens`,
    invoiceId: receiptIdOf(entry.teamId, receipt.number),
  })
  const span = { from: lot.purchasedAt, to: lot.expiresAt }
  const list = listPriceOf(facts.catalog, lot.purchasedAt)
  return [
    purchaseRow({ ...head, span }, { ...receipt, lotId: lot.lotId, milliTokens: lot.milliTokens, list }),
  ]
}

interface Purchased {
  readonly lotId: string
  /** Negative where the purchase is undone. */
  readonly milliTokens: number
  readonly unitPriceUsdCents: number
  readonly usdCents: number
  /** US cents of a token without a discount. */
  readonly list: number
}

function purchaseRow(head: RowHead, purchased: Purchased): FocusRow {
  const { lotId, milliTokens, unitPriceUsdCents, usdCents, list } = purchased
  const cost = cents(usdCents)
  const quantity = milli(milliTokens)
  return {
    ...baseRow(head),
    ...costColumns({
      billed: cost,
      effective: cents(0),
      list: times(quantity, cents(list)),
      contracted: cost,
    }),
    ...priceColumns({
      quantity,
      unit: 'Flex Tokens',
      listPrice: cents(list),
      contractedPrice: cents(unitPriceUsdCents),
    }),
    ServiceName: 'Flex tokens',
    SkuId: 'flex-token',
    SkuMeter: 'flex-token',
    SkuPriceDetails: '{}',
    SkuPriceId: `flex-token-${unitPriceUsdCents}`,
    x_LotId: lotId,
  }
}

/** The parts of an invoice that are not use: credit, and what small invoices carry, so that its rows add up to what is due. */
function invoiceRows(entry: EntryOf<'period-closed'>, facts: FocusFacts): readonly FocusRow[] {
  const { period, creditUsdCents, carriedInUsdCents, carriedUsdCents } = entry
  const row = (category: 'Credit' | 'Adjustment', description: string, usdCents: number) =>
    usdCents === 0
      ? []
      : [
          moneyRow(
            headOf(entry, facts, {
              category,
              description,
              period,
              invoiceId: invoiceIdOf(entry.teamId, period),
            }),
            usdCents,
          ),
        ]
  return [
    ...row('Credit', 'Credit', -creditUsdCents),
    ...row('Adjustment', 'Carried from earlier invoices', carriedInUsdCents),
    ...row('Adjustment', 'Too small to be paid: carried to a later invoice', -carriedUsdCents),
  ]
}

/**
 * The part of credit notes that is not paid back but becomes credit: a later invoice takes it off, so it must not be taken
 * off twice. Tokens that come back to a purchase that was charged back are no longer due.
 */
function creditNoteRows(entry: EntryOf<'reversal'>, facts: FocusFacts): readonly FocusRow[] {
  const { teamId, creditNotes, creditUsdCents, tokens } = entry
  const kept = creditNotes.flatMap(({ number, usdCents, dueUsdCents }) => {
    if (usdCents === dueUsdCents) return []
    const invoiceId = creditNoteIdOf(teamId, number)
    const head = headOf(entry, facts, { category: 'Adjustment', description: 'Kept as credit', invoiceId })
    return [moneyRow(head, usdCents - dueUsdCents)]
  })
  const noted = creditNotes.reduce((sum, { usdCents, dueUsdCents }) => sum + usdCents - dueUsdCents, 0)
  const lowered = tokens.reduce((sum, { lot, milliTokens }) => {
    if (lot.withdrawn === undefined) return sum
    const { unitPriceUsdCents: price, spentMilliTokens: spent } = lot.withdrawn
    return sum + tokenPrice(spent + milliTokens, price) - tokenPrice(spent, price)
  }, 0)
  const left = lowered - (creditUsdCents - noted)
  if (left === 0) return kept
  const description = 'Tokens of a charged-back purchase (taken back)'
  const invoiceId = `${teamId}-reversal-${entry.reversalId}`
  return [
    ...kept,
    moneyRow(headOf(entry, facts, { category: 'Adjustment', description, invoiceId }), -left, false),
  ]
}

/** Payments that change what the team pays in all. A payment of what is due is no cost, so it has no row. */
function paymentRows(entry: EntryOf<'payment'>, facts: FocusFacts): readonly FocusRow[] {
  const { teamId, paymentId, paidFor, status, payable, creditUsdCents, usdCents } = entry
  const invoiceId = paymentIdOf(teamId, paymentId)
  const head = (description: string) =>
    headOf(entry, facts, { category: 'Adjustment', description, invoiceId })
  const credit =
    creditUsdCents === 0
      ? []
      : [
          moneyRow(
            head(creditUsdCents > 0 ? 'Payment kept as credit' : 'Credit paid back'),
            creditUsdCents,
            false,
          ),
        ]
  const isOwn = payable.paidBy === undefined || payable.paidBy === paymentId
  if ('purchase' in paidFor) return [...credit, ...undoneRows(entry, facts, head)]
  if (status !== 'refunded' || payable.status !== 'refunded' || !isOwn || creditUsdCents !== 0) return credit
  return [...credit, moneyRow(head('Invoice paid back'), -usdCents)]
}

/** A purchase that was paid back or charged back, with the price of its spent tokens that is due; a won dispute is the opposite. */
function undoneRows(
  entry: EntryOf<'payment'>,
  facts: FocusFacts,
  head: (description: string) => RowHead,
): readonly FocusRow[] {
  const isWon =
    entry.status === 'settled' &&
    entry.payable.restored !== undefined &&
    entry.payable.paidBy === entry.paymentId
  const undone = isWon ? facts.earlierPayments.get(entry.version) : entry
  const lot = undone?.withdrawn && facts.lots.get(undone.withdrawn.lotId)
  if (undone?.withdrawn === undefined || lot === undefined) return []
  const sign = isWon ? 1 : -1
  const { lotId } = undone.withdrawn
  const description = isWon ? 'Purchase paid after all' : `Purchase ${undone.status}`
  const owed = undone.owed?.usdCents ?? 0
  const purchase = { ...lot, lotId, milliTokens: sign * lot.milliTokens, usdCents: sign * lot.usdCents }
  const rows =
    undone.usdCents === lot.usdCents
      ? [
          purchaseRow(
            { ...head(description), category: 'Purchase' },
            { ...purchase, list: lot.unitPriceUsdCents },
          ),
        ]
      : [moneyRow(head(description), sign * undone.usdCents, false)]
  if (owed === 0) return rows
  return [...rows, moneyRow(head('Spent tokens of the purchase'), -sign * owed, false)]
}
