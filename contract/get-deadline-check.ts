import * as v from 'valibot'
import type { Call } from './call.ts'
import { id } from './fields.ts'
import { amount, dayText, instantText } from './figures.ts'
import { appRefusalAnswer } from './get-onboarding.ts'
import type { Operation } from './operation.ts'
import { refusalAnswer } from './refusal.ts'
import type { Route } from './route.ts'
import { teamParams } from './team.ts'

export const route = {
  method: 'GET',
  path: '/v1/teams/{teamId}/deadline-check',
  function: 'hub',
  scope: 'hub:read',
  isOpenToOperators: true,
  operationId: 'getDeadlineCheck',
} as const satisfies Route

/** The cursor is the last app of the page before. */
export const getDeadlineCheck = {
  route,
  params: teamParams,
  query: v.strictObject({ cursor: v.optional(id) }),
  timeField: 'at',
} as const satisfies Call

const useAnswer = v.pipe(
  v.object({ meter: v.string(), quantity: v.pipe(amount, v.description('Base units')) }),
  v.title('UseOfWeek'),
)

const appAnswer = v.pipe(
  v.object({
    appId: v.string(),
    name: v.string(),
    refusal: appRefusalAnswer,
    uses: v.pipe(
      v.array(useAnswer),
      v.description('Its use in the last seven days; all of it would be refused'),
    ),
  }),
  v.title('AppAtDeadline'),
)

const deadlineCheckAnswer = v.pipe(
  v.object({
    at: instantText,
    deadlineAt: v.optional(
      v.pipe(
        instantText,
        v.description('The first deadline, also when it is past; absent without a campaign'),
      ),
    ),
    /** The seven days whose use is shown, both included. Today is the last one. */
    from: dayText,
    to: dayText,
    refusals: v.pipe(
      v.array(refusalAnswer),
      v.description(
        'The reasons for which apps would be refused, each once; an app names its reason by the place',
      ),
    ),
    apps: v.array(appAnswer),
    /** Leads to the next page; absent on the last one. */
    cursor: v.optional(id),
  }),
  v.title('DeadlineCheck'),
)

export type DeadlineCheckAnswer = v.InferOutput<typeof deadlineCheckAnswer>

export const operation = {
  call: getDeadlineCheck,
  summary:
    'Shows what would be refused if the deadline were today: the apps that it would stop, why, and their calls of the last seven days. Once the deadline is past, the list is empty.',
  statuses: { 200: 'A page of at most 50 apps, in the order of their ids.' },
  answer: deadlineCheckAnswer,
} as const satisfies Operation
