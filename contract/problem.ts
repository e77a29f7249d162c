import * as v from 'valibot'
import { instantText } from './figures.ts'

/** A field by its JSON pointer in the body (or `/path/x`, `/query/x`), and what it must be. */
export const fieldErrorAnswer = v.pipe(
  v.object({ pointer: v.string(), message: v.string() }),
  v.title('FieldError'),
)

/** A problem document (RFC 9457): every answer of ours that is no success. */
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
    resumesAt: v.optional(instantText),
  }),
  v.title('Problem'),
)
