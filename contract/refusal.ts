import * as v from 'valibot'
import { authorizationRefusals } from '../core/refusal.ts'
import { instantText } from './figures.ts'
import { missingAnswer } from './missing.ts'

const refusalFields = {
  code: v.picklist(authorizationRefusals),
  title: v.string(),
  detail: v.string(),
  /** All causes, in the order of refusals. `code` is the code of the first one. */
  missing: v.pipe(v.array(missingAnswer), v.minLength(1)),
  resumesAt: v.optional(instantText),
  resolve: v.string(),
}

/** The reason why an authorization is denied, and the way to lift it. */
export const refusalAnswer = v.pipe(v.object(refusalFields), v.title('Refusal'))

/** A use that a compliant app of the team would be refused; without a meter: every use (of a rated meter). */
export const refusedAnswer = v.pipe(
  v.object({ meter: v.optional(v.string()), api: v.optional(v.string()), ...refusalFields }),
  v.title('RefusedUse'),
)

export type RefusalAnswer = v.InferOutput<typeof refusalAnswer>
export type RefusedAnswer = v.InferOutput<typeof refusedAnswer>
