import * as v from 'valibot'
import { actPreviewAnswer } from './act-effect.ts'
import type { Call } from './call.ts'
import { reason } from './fields.ts'
import { memberParams } from './member.ts'
import type { Operation } from './operation.ts'
import { previewQuery } from './plan.ts'
import type { Route } from './route.ts'

export const route = {
  method: 'DELETE',
  path: '/v1/teams/{teamId}/members/{memberId}',
  function: 'hub',
  scope: 'hub:write',
  isOpenToOperators: true,
  operationId: 'removeMember',
} as const satisfies Route

export const removeMember = {
  route,
  params: memberParams,
  query: v.strictObject({ ...previewQuery.entries, reason: v.optional(reason) }),
} as const satisfies Call

export const operation = {
  call: removeMember,
  summary:
    'Removes a member. The last admin stays, unless an operator asks for it. With preview=true it only shows the effect.',
  statuses: { 200: 'A preview.', 204: 'The person is not a member.' },
  answer: actPreviewAnswer,
  problems: [409],
} as const satisfies Operation
