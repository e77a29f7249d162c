import * as v from 'valibot'
import { memberChangeKinds } from '../core/account/members.ts'
import { askedKinds, settingChangeKinds, settingParts } from '../core/journal/activity.ts'
import { actorAnswer } from './actor.ts'
import type { Call } from './call.ts'
import { pageSize, say } from './fields.ts'
import { amount, instantText } from './figures.ts'
import { memberRole } from './member.ts'
import type { Operation } from './operation.ts'
import type { Route } from './route.ts'
import { teamParams } from './team.ts'

export const route = {
  method: 'GET',
  path: '/v1/teams/{teamId}/activity',
  function: 'hub',
  scope: 'hub:read',
  isAdminOnly: true,
  operationId: 'listActivity',
} as const satisfies Route

/** The place of the last act of the previous page. */
const cursor = v.pipe(
  v.string(),
  v.regex(/^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}\.[0-9]{3}Z\.([a-z]{1,20}\.)?[0-9]{9,15}$/, say('cursor')),
)

export const listActivity = {
  route,
  params: teamParams,
  query: v.strictObject({ cursor: v.optional(cursor), limit: v.optional(pageSize, '50') }),
} as const satisfies Call

const actAnswer = v.pipe(
  v.object({
    actId: v.pipe(v.string(), v.description('Orders the acts of a team by time')),
    at: instantText,
    actor: actorAnswer,
    kind: v.picklist([...askedKinds, ...memberChangeKinds, ...settingChangeKinds]),
    targetId: v.optional(
      v.pipe(
        v.string(),
        v.description('The app, purchase, payment, reversal, adjustment, member or webhook'),
      ),
    ),
    version: v.optional(v.pipe(amount, v.description('The version of its entry in the statement'))),
    member: v.optional(
      v.pipe(
        v.object({ email: v.string(), role: memberRole }),
        v.title('ChangedMember'),
        v.description('The member after the change, or before a removal'),
      ),
    ),
    changed: v.optional(v.array(v.picklist(settingParts))),
  }),
  v.title('Act'),
)

const activityAnswer = v.pipe(
  v.object({ activity: v.array(actAnswer), cursor: v.optional(cursor) }),
  v.title('Activity'),
)

export type ActAnswer = v.InferOutput<typeof actAnswer>
export type ActivityAnswer = v.InferOutput<typeof activityAnswer>

export const operation = {
  call: listActivity,
  summary:
    'Lists the acts of people, newest first: who asked for which entry, and who changed members, addresses and webhooks.',
  statuses: { 200: 'A page of acts; `cursor` leads to the next one.' },
  answer: activityAnswer,
} as const satisfies Operation
