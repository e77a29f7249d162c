import * as v from 'valibot'
import { amount, tokens } from './figures.ts'

/** The source that would pay for the next unit of an authorization. */
export const fundedBy = v.picklist(['included', 'free', 'flex', 'pay-as-you-go', 'grace', 'unrated'])

const lotShareAnswer = v.pipe(v.object({ lotId: v.string(), tokens }), v.title('LotShare'))

/**
 * One line for each source and meter. Free and unrated usage has none. `lotId` paid for all of it, or each of
 * `lots` for a part.
 */
export const chargeAnswer = v.pipe(
  v.object({
    source: v.picklist(['flex', 'pay-as-you-go', 'shortfall']),
    meter: v.string(),
    units: v.optional(amount),
    tokens: v.optional(tokens),
    usdCents: v.optional(amount),
    lotId: v.optional(v.string()),
    lots: v.optional(v.array(lotShareAnswer)),
  }),
  v.title('Charge'),
)

export type ChargeAnswer = v.InferOutput<typeof chargeAnswer>
