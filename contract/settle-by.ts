import * as v from 'valibot'
import { instantText } from './figures.ts'

/** The next instant at which use counts or costs differently. */
export const settleBy = v.pipe(
  instantText,
  v.description(
    'Report open use before this instant: the end of a month or plan, or a rate card. Absent when none is known',
  ),
)
