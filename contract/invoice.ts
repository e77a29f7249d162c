import * as v from 'valibot'
import { amount, instantText, periodText } from './figures.ts'

const invoiceLineAnswer = v.pipe(
  v.object({
    meter: v.string(),
    units: amount,
    /** Absent when the price changed within the period. */
    unitPriceUsdCents: v.optional(amount),
    usdCents: amount,
    /** Units of an earlier, closed period that the line includes. */
    lateUnits: v.optional(amount),
    /** The path of the entries behind the line. */
    entries: v.string(),
  }),
  v.title('InvoiceLine'),
)

export const invoiceAnswer = v.pipe(
  v.object({
    invoiceId: v.string(),
    teamId: v.string(),
    teamName: v.string(),
    period: periodText,
    number: v.pipe(amount, v.description("Its number in the team's series of invoices and credit notes")),
    currency: v.literal('USD'),
    issuedAt: instantText,
    status: v.picklist(['due', 'paid', 'overdue', 'carried', 'refunded']),
    lines: v.array(invoiceLineAnswer),
    /** The sum of the lines, the credited amount, and the amount due. */
    usdCents: amount,
    creditUsdCents: amount,
    /** US cents that earlier bills carried here, because they were too small to be paid. */
    carriedInUsdCents: v.optional(amount),
    /** The rest of this bill where it is too small to be paid: nothing is due, and a later bill names it. */
    carriedUsdCents: v.optional(amount),
    dueUsdCents: amount,
    /** The reference that a payment of this invoice names. */
    paymentReference: v.string(),
  }),
  v.title('Invoice'),
)

export type InvoiceAnswer = v.InferOutput<typeof invoiceAnswer>
