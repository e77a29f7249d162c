import * as v from 'valibot'
import { id } from './fields.ts'
import { instantText } from './figures.ts'

export const memberParams = v.strictObject({ teamId: id, memberId: id })

export const memberRole = v.picklist(['admin', 'developer'])

/** `invited` until the person accepts. */
export const memberState = v.picklist(['invited', 'accepted'])

export const memberAnswer = v.pipe(
  v.object({
    memberId: v.string(),
    email: v.string(),
    role: memberRole,
    state: memberState,
    /** The acceptance of the invitation. Until then, the invitation itself. */
    since: instantText,
  }),
  v.title('Member'),
)

export type MemberAnswer = v.InferOutput<typeof memberAnswer>
