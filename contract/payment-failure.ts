import * as v from 'valibot'
import { instantText } from './figures.ts'

/** The facts of a due whose payment failed; all are absent before a failure, and once it is paid. */
export const failureFields = {
  failedAt: v.optional(v.pipe(instantText, v.description('The instant of the first failed payment'))),
  retryAt: v.optional(
    v.pipe(instantText, v.description('The instant of the next try; absent after the last one')),
  ),
  stopsAt: v.optional(
    v.pipe(instantText, v.description('The instant at which rated APIs stop unless it is paid')),
  ),
}
