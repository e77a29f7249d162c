import * as v from 'valibot'
import { amount, tokens } from './figures.ts'

/** The source that would pay the next unit of an authorization. */
export const fundedBy = v.picklist(['free', 'flex', 'pay-as-you-go', 'grace', 'unrated'])

const lotShareAnswer = v.pipe(v.object({ lotId: v.string(), tokens }), v.title('LotShare'))

/** One line per source and meter. Free and unrated use has none. Either `lotId` paid all of it, or each of `lots` a part. */
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
