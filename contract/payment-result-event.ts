import * as v from 'valibot'
import { paymentResultTypes } from './event-names.ts'
import { id } from './fields.ts'

/** What whoever processes payments says on the bus of a payment; what else it says is not read. */
export const paymentResultEvent = v.object({
  'detail-type': v.picklist(paymentResultTypes),
  detail: v.object({
    paymentId: id,
    paymentReference: v.pipe(v.string(), v.regex(/^[A-Za-z0-9._-]+~[A-Za-z0-9._:-]+$/), v.maxLength(140)),
  }),
})
