import * as v from 'valibot'
import { notifiedTypes } from '../core/events/notified-types.ts'

/** The fields of a Tollgate event on the bus that its delivery to a team needs. */
export const notifiedEvent = v.object({
  'detail-type': v.picklist(notifiedTypes),
  detail: v.looseObject({ id: v.string(), teamId: v.string(), at: v.string() }),
})
