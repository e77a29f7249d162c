import * as v from 'valibot'
import { toldTypes } from '../core/events/told-types.ts'

/** The fields of a Tollgate event on the bus that its delivery to a team needs. */
export const toldEvent = v.object({
  'detail-type': v.picklist(toldTypes),
  detail: v.looseObject({ id: v.string(), teamId: v.string(), at: v.string() }),
})
