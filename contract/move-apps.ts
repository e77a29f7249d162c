import * as v from 'valibot'
import type { Call } from './call.ts'
import { id, uniqueList } from './fields.ts'
import type { Operation } from './operation.ts'
import type { Route } from './route.ts'
import { teamParams } from './team.ts'

export const route = {
  method: 'POST',
  path: '/v1/teams/{teamId}/hub/apps',
  function: 'hub',
  scope: 'hub:write',
  operationId: 'moveApps',
} as const satisfies Route

export const moveApps = {
  route,
  params: teamParams,
  body: v.strictObject({ appIds: uniqueList(id, 100) }),
} as const satisfies Call

const appProblemAnswer = v.pipe(
  v.object({ code: v.string(), title: v.string(), detail: v.string() }),
  v.title('AppProblem'),
)

const movedAppAnswer = v.pipe(
  v.object({
    appId: v.string(),
    status: v.picklist(['moved', 'already-there', 'rejected']),
    problem: v.optional(appProblemAnswer),
  }),
  v.title('MovedApp'),
)

const movedAppsAnswer = v.pipe(v.object({ apps: v.array(movedAppAnswer) }), v.title('MovedApps'))

export type MovedAppsAnswer = v.InferOutput<typeof movedAppsAnswer>

export const operation = {
  call: moveApps,
  summary: 'Moves apps of the team into its developer hub.',
  statuses: { 200: 'One result per app, in the order sent.' },
  answer: movedAppsAnswer,
  problems: [409],
  example: { request: { appIds: ['plan-viewer'] } },
} as const satisfies Operation
