import * as v from 'valibot'
import { paymentResultTypes } from './event-names.ts'
import { id, usdCentsMax, whole } from './fields.ts'

/** The payment processor's event about a payment, as far as it is read. */
export const paymentResultEvent = v.object({
  'detail-type': v.picklist(paymentResultTypes),
  detail: v.object({
    paymentId: id,
    usdCents: v.optional(whole(1, usdCentsMax)),
    paymentReference: v.pipe(v.string(), v.regex(/^[A-Za-z0-9._-]+~[A-Za-z0-9._:-]+$/), v.maxLength(140)),
  }),
})
