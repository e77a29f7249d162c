import * as v from 'valibot'
import { authorizationRefusals } from '../core/refusal.ts'
import { instantText } from './figures.ts'
import { missingAnswer } from './missing.ts'

const refusalFields = {
  code: v.picklist(authorizationRefusals),
  title: v.string(),
  detail: v.string(),
  /** Everything in the way, in the order of refusals. The first one's code is `code`. */
  missing: v.pipe(v.array(missingAnswer), v.minLength(1)),
  resumesAt: v.optional(instantText),
  resolve: v.string(),
}

/** Why an authorization is denied, and what lifts it. */
export const refusalAnswer = v.pipe(v.object(refusalFields), v.title('Refusal'))

/** What an app of the team that complies would be refused; without a meter: whatever it asks (of the rated meters). */
export const refusedAnswer = v.pipe(
  v.object({ meter: v.optional(v.string()), api: v.optional(v.string()), ...refusalFields }),
  v.title('RefusedUse'),
)

export type RefusalAnswer = v.InferOutput<typeof refusalAnswer>
export type RefusedAnswer = v.InferOutput<typeof refusedAnswer>
