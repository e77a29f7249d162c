import * as v from 'valibot'
import { amount, instantText } from './figures.ts'
import { unmetConditions } from './unmet-conditions.ts'

/** A field as a JSON pointer into the body (or `/path/x`, `/query/x`), and its rule. */
export const fieldErrorAnswer = v.pipe(
  v.object({ pointer: v.string(), message: v.string() }),
  v.title('FieldError'),
)

/** A problem document (RFC 9457): the form of every error that Tollgate returns. */
export const problemAnswer = v.pipe(
  v.object({
    type: v.string(),
    title: v.string(),
    status: v.pipe(v.number(), v.safeInteger(), v.minValue(400), v.maxValue(599)),
    detail: v.string(),
    instance: v.string(),
    code: v.string(),
    requestId: v.string(),
    errors: v.optional(v.array(fieldErrorAnswer)),
    resolve: v.optional(v.string()),
    unmet: v.optional(unmetConditions),
    /** The price in force, of `PRICE_CHANGED`. */
    usdCents: v.optional(amount),
    resumesAt: v.optional(instantText),
    /** The meters to use instead, of `METER_ENDED`. */
    meters: v.optional(v.array(v.string())),
    /** The parts of a request that would tell its meter, of `CANNOT_CLASSIFY`. */
    missing: v.optional(v.array(v.string())),
  }),
  v.title('Problem'),
)
