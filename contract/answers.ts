import * as v from 'valibot'
import { authorizationRefusals } from '../core/refusal.ts'
import { warningCodes } from '../core/warning.ts'

/** What the calls answer. Handlers take only the types from here; the schemas describe and test, they never run in a function. */
export const instantText = v.pipe(v.string(), v.metadata({ format: 'date-time' }))
export const periodText = v.pipe(v.string(), v.regex(/^\d{4}-\d{2}$/))
export const dayText = v.pipe(v.string(), v.metadata({ format: 'date' }))
export const amount = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
export const tokens = v.pipe(v.number(), v.minValue(0), v.description('At most three decimals'))

export const fieldErrorAnswer = v.object({ pointer: v.string(), message: v.string() })

export const problemAnswer = v.object({
  type: v.string(),
  title: v.string(),
  status: v.pipe(v.number(), v.safeInteger()),
  detail: v.string(),
  instance: v.string(),
  code: v.string(),
  requestId: v.string(),
  errors: v.optional(v.array(fieldErrorAnswer)),
  resolve: v.optional(v.string()),
  resumesAt: v.optional(instantText),
})

export const warningAnswer = v.object({
  code: v.picklist(warningCodes),
  title: v.string(),
  detail: v.string(),
  until: v.optional(instantText),
})

export const lotAnswer = v.object({
  lotId: v.string(),
  tokens,
  remaining: tokens,
  purchasedAt: instantText,
  expiresAt: instantText,
})

/** One line per source and meter. Free and unrated use has none. Either `lotId` paid all of it, or each of `lots` a part. */
export const chargeAnswer = v.object({
  source: v.picklist(['flex', 'pay-as-you-go', 'shortfall']),
  meter: v.string(),
  units: v.optional(amount),
  tokens: v.optional(tokens),
  usdCents: v.optional(amount),
  lotId: v.optional(v.string()),
  lots: v.optional(v.array(v.object({ lotId: v.string(), tokens }))),
})

export const allowAnswer = v.object({
  authorizationId: v.string(),
  decision: v.literal('allow'),
  expiresAt: instantText,
  fundedBy: v.picklist(['free', 'flex', 'pay-as-you-go', 'grace', 'unrated']),
  remaining: v.optional(amount),
  warnings: v.array(warningAnswer),
})

export const refusalAnswer = v.object({
  code: v.picklist(authorizationRefusals),
  title: v.string(),
  detail: v.string(),
  resumesAt: v.optional(instantText),
  resolve: v.string(),
})

export const denyAnswer = v.object({
  authorizationId: v.string(),
  decision: v.literal('deny'),
  refusal: refusalAnswer,
})

/** What an app of the team that complies would be refused; without a meter: whatever it asks (of the rated meters). */
export const refusedAnswer = v.object({
  meter: v.optional(v.string()),
  api: v.optional(v.string()),
  ...refusalAnswer.entries,
})

export const teamWarningAnswer = v.object({ meter: v.optional(v.string()), ...warningAnswer.entries })

export const authorizationAnswer = v.variant('decision', [allowAnswer, denyAnswer])

export const captureAnswer = v.object({
  authorizationId: v.string(),
  used: amount,
  status: v.picklist(['open', 'closed']),
  charges: v.array(chargeAnswer),
  late: v.optional(v.boolean()),
  overrun: v.optional(v.boolean()),
})

export const usageResultAnswer = v.object({
  id: v.nullable(v.string()),
  source: v.nullable(v.string()),
  status: v.picklist(['recorded', 'duplicate', 'rejected']),
  charges: v.optional(v.array(chargeAnswer)),
  late: v.optional(v.boolean()),
  overrun: v.optional(v.boolean()),
  problem: v.optional(
    v.object({
      code: v.string(),
      title: v.string(),
      detail: v.string(),
      resolve: v.optional(v.string()),
      errors: v.optional(v.array(fieldErrorAnswer)),
    }),
  ),
})

export const usageAnswer = v.object({ results: v.array(usageResultAnswer) })

export type ChargeAnswer = v.InferOutput<typeof chargeAnswer>
export type WarningAnswer = v.InferOutput<typeof warningAnswer>
export type RefusedAnswer = v.InferOutput<typeof refusedAnswer>
export type TeamWarningAnswer = v.InferOutput<typeof teamWarningAnswer>
export type AuthorizationAnswer = v.InferOutput<typeof authorizationAnswer>
export type CaptureAnswer = v.InferOutput<typeof captureAnswer>
export type UsageResultAnswer = v.InferOutput<typeof usageResultAnswer>
export type UsageAnswer = v.InferOutput<typeof usageAnswer>
export type ProblemAnswer = v.InferOutput<typeof problemAnswer>
