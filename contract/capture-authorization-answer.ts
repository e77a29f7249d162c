import * as v from 'valibot'
import { chargeAnswer } from './charge.ts'
import { amount } from './figures.ts'
import { refusalAnswer } from './refusal.ts'
import { settleBy } from './settle-by.ts'
import { waived } from './waived.ts'

/** The fields of every capture's answer. */
export const captureFields = {
  authorizationId: v.string(),
  used: amount,
  status: v.picklist(['open', 'closed']),
  charges: v.array(chargeAnswer),
  late: v.optional(v.boolean()),
  overrun: v.optional(v.boolean()),
  waived: v.optional(waived),
  /** The refusal that a new authorization of the app and meter would get now. */
  stop: v.optional(refusalAnswer),
  settleBy: v.optional(settleBy),
  teamId: v.optional(v.string()),
}

export const captureAnswer = v.pipe(v.object(captureFields), v.title('Capture'))

export type CaptureAnswer = v.InferOutput<typeof captureAnswer>
