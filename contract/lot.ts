import * as v from 'valibot'
import { instantText, tokens } from './figures.ts'

/** The tokens of one purchase, or of one adjustment. */
export const lotAnswer = v.pipe(
  v.object({
    lotId: v.string(),
    tokens,
    remaining: tokens,
    purchasedAt: instantText,
    expiresAt: instantText,
  }),
  v.title('Lot'),
)

export type LotAnswer = v.InferOutput<typeof lotAnswer>
