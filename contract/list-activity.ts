import * as v from 'valibot'
import { memberChangeKinds } from '../core/account/members.ts'
import { appChangeKinds, askedKinds, settingChangeKinds, settingParts } from '../core/journal/activity.ts'
import { actorAnswer } from './actor.ts'
import type { Call } from './call.ts'
import { calendarDay, pageSize } from './fields.ts'
import { amount, instantText } from './figures.ts'
import { memberRole } from './member.ts'
import type { Operation } from './operation.ts'
import { sayToPeople } from './people-messages.ts'
import type { Route } from './route.ts'
import { teamParams } from './team.ts'

export const route = {
  method: 'GET',
  path: '/v1/teams/{teamId}/activity',
  function: 'hub',
  scope: 'hub:read',
  isAdminOnly: true,
  isOpenToOperators: true,
  operationId: 'listActivity',
} as const satisfies Route

/** The place of the last act of the previous page. */
const cursor = v.pipe(
  v.string(),
  v.regex(
    /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}\.[0-9]{3}Z\.([a-z]{1,20}\.)?[0-9]{9,15}$/,
    sayToPeople('cursor'),
  ),
)

const kind = v.picklist([...askedKinds, ...memberChangeKinds, ...settingChangeKinds, ...appChangeKinds])
/** Long enough for a subject, an address, and any id. */
const filterText = v.pipe(v.string(), v.minLength(1), v.maxLength(254))

export const listActivity = {
  route,
  params: teamParams,
  query: v.pipe(
    v.strictObject({
      cursor: v.optional(cursor),
      limit: v.optional(pageSize, '50'),
      /** Only acts of the person with this address, or of the caller with this subject. */
      actor: v.optional(filterText),
      kind: v.optional(kind),
      /** Only acts on the app, purchase, member or webhook with this id, or on the member with this address. */
      target: v.optional(filterText),
      /** Only acts since the beginning of this UTC day. */
      from: v.optional(calendarDay),
      /** Only acts until the end of this UTC day. */
      to: v.optional(calendarDay),
    }),
    v.forward(
      v.check(({ from = '', to }) => to === undefined || from <= to, sayToPeople('notBeforeFrom')),
      ['to'],
    ),
  ),
} as const satisfies Call

/** The columns of an act as CSV. `actor` and `member` are addresses where these are known. */
export const actColumns = [
  'at',
  'actor',
  'kind',
  'target',
  'entry',
  'member',
  'role',
  'changed',
  'reason',
] as const

const actAnswer = v.pipe(
  v.object({
    actId: v.pipe(v.string(), v.description('Orders the acts of a team by time')),
    at: instantText,
    actor: actorAnswer,
    kind,
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
    name: v.optional(v.pipe(v.string(), v.description('The name of the app after the act'))),
    reason: v.optional(v.pipe(v.string(), v.description('The reason that an operator gave'))),
  }),
  v.title('Act'),
)

const activityAnswer = v.pipe(
  v.object({
    activity: v.array(actAnswer),
    cursor: v.optional(cursor),
    /** With a filter and a cursor: all later acts were searched. */
    searchedUntil: v.optional(instantText),
  }),
  v.title('Activity'),
)

export type ActAnswer = v.InferOutput<typeof actAnswer>
export type ActivityAnswer = v.InferOutput<typeof activityAnswer>

export const operation = {
  call: listActivity,
  summary:
    'Lists the acts of people, newest first: who asked for which entry, and who changed members, addresses and webhooks; as CSV with Accept: text/csv, each page with its heading.',
  statuses: {
    200: 'A page of acts. `cursor`, or for CSV the header `link`, leads to the next one; with a filter, a page before the last may be short or empty.',
  },
  answer: activityAnswer,
  media: ['text/csv'],
  headers: ['ContentDisposition', 'Link'],
} as const satisfies Operation
