import * as v from 'valibot'
import type { Call } from './call.ts'
import { email, id } from './fields.ts'

const member = v.strictObject({ teamId: id, memberId: id })

/** Addresses are kept, and compared, in lower case. */
export const memberEmail = v.pipe(
  email,
  v.transform((text) => text.toLowerCase()),
)

export const listMembers = {
  operationId: 'listMembers',
  params: v.strictObject({ teamId: id }),
} as const satisfies Call

export const putMember = {
  operationId: 'putMember',
  params: member,
  body: v.strictObject({ email: memberEmail, role: v.picklist(['admin', 'developer']) }),
} as const satisfies Call

export const removeMember = { operationId: 'removeMember', params: member } as const satisfies Call
