import * as v from 'valibot'
import { warningCodes } from '../core/warning.ts'
import { instantText } from './figures.ts'

const warningFields = {
  code: v.picklist(warningCodes),
  title: v.string(),
  detail: v.string(),
  until: v.optional(instantText),
}

/** A warning of an answer that allows. */
export const warningAnswer = v.pipe(v.object(warningFields), v.title('Warning'))

export const teamWarningAnswer = v.pipe(
  v.object({ meter: v.optional(v.string()), ...warningFields }),
  v.title('TeamWarning'),
)

export type TeamWarningAnswer = v.InferOutput<typeof teamWarningAnswer>
