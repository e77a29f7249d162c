import * as v from 'valibot'
import type { Rate } from '../core/catalog/catalog.ts'
import { meterName, quantityMax, tokenAmount, tokensToMilli, usdCentsMax, usedMax, whole } from './fields.ts'

export const rateFields = {
  meter: meterName,
  api: meterName,
  baseUnit: meterName,
  unitSize: whole(1, quantityMax),
  tokensPerUnit: tokenAmount,
  usdCentsPerUnit: whole(0, usdCentsMax),
  freePerPeriod: whole(0, usedMax),
  unverified: v.optional(v.boolean()),
  ended: v.optional(
    v.pipe(v.boolean(), v.description('The meter ends; such a row needs no other field than `meter`')),
  ),
  freeLimitStops: v.optional(
    v.pipe(
      v.picklist(['meter', 'api']),
      v.description(
        "The part that stops when a free amount is used up: this meter, or its whole API. Without it, a card keeps the value of the meter's earlier row; the first row is `meter`.",
      ),
    ),
  ),
}

/** A row of a rate card, in requests and in answers. */
export const rateRow = v.pipe(v.strictObject(rateFields), v.title('Rate'))

/** Converts a row to the form of `core`, with tokens in thousandths. */
export function rateFromJson({ tokensPerUnit, ...row }: v.InferOutput<typeof rateRow>): Rate {
  return { ...row, milliTokensPerUnit: tokensToMilli(tokensPerUnit) }
}
