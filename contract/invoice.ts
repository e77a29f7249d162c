import * as v from 'valibot'
import { amount, instantText, periodText } from './figures.ts'

const invoiceLineAnswer = v.pipe(
  v.object({
    meter: v.string(),
    units: amount,
    /** Absent where the price changed within the period. */
    unitPriceUsdCents: v.optional(amount),
    usdCents: amount,
    /** Units of an earlier, closed period among them. */
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
    currency: v.literal('USD'),
    issuedAt: instantText,
    status: v.picklist(['due', 'paid', 'overdue']),
    lines: v.array(invoiceLineAnswer),
    /** The sum of the lines, what was credited of it, and what is left to pay. */
    usdCents: amount,
    creditUsdCents: amount,
    dueUsdCents: amount,
    /** The reference that a payment of this invoice names. */
    paymentReference: v.string(),
  }),
  v.title('Invoice'),
)

export type InvoiceAnswer = v.InferOutput<typeof invoiceAnswer>
