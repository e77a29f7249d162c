import * as v from 'valibot'
import { id } from './fields.ts'
import { instantText } from './figures.ts'

export const memberParams = v.strictObject({ teamId: id, memberId: id })

export const memberRole = v.picklist(['admin', 'developer'])

export const memberAnswer = v.pipe(
  v.object({ memberId: v.string(), email: v.string(), role: memberRole, since: instantText }),
  v.title('Member'),
)

export type MemberAnswer = v.InferOutput<typeof memberAnswer>
