import * as v from 'valibot'
import { amount, tokens } from './figures.ts'

/** The most that an authorization may be charged. Either the tokens or the money is paid, or a part of each. */
export const capAnswer = v.pipe(
  v.object({
    quantity: v.pipe(amount, v.description('Base units that may be charged')),
    tokens: v.pipe(tokens, v.description('The most tokens; at most three decimals')),
    usdCents: v.pipe(amount, v.description('The most US cents where pay-as-you-go pays')),
  }),
  v.title('Cap'),
)

export type CapAnswer = v.InferOutput<typeof capAnswer>
