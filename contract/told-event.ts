import * as v from 'valibot'
import { toldTypes } from '../core/events/told-types.ts'

/** An event of ours on the bus, as far as bringing it to a team goes. */
export const toldEvent = v.object({
  'detail-type': v.picklist(toldTypes),
  detail: v.looseObject({ id: v.string(), teamId: v.string(), at: v.string() }),
})
