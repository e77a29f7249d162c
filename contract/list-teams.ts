import * as v from 'valibot'
import { teamStates } from '../core/directory/states.ts'
import type { Call } from './call.ts'
import { pageSize } from './fields.ts'
import { amount, instantText } from './figures.ts'
import type { Operation } from './operation.ts'
import { sayToPeople } from './people-messages.ts'
import type { Route } from './route.ts'

export const route = {
  method: 'GET',
  path: '/v1/teams',
  function: 'ops',
  scope: 'ops:admin',
  operationId: 'listTeams',
} as const satisfies Route

/** The place of the last team that the previous page examined, encoded. */
const cursor = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,600}$/, sayToPeople('cursor')))

const letter = /[\p{L}\p{N}]/u
const queryText = v.pipe(
  v.string(),
  v.check((text) => [...text].length <= 254 && letter.test(text), sayToPeople('teamQuery')),
  v.metadata({ minLength: 1, maxLength: 254 }),
  v.description(
    'Words that begin words of the name, the team id, an app name or id, or a member address; or a whole app id or address',
  ),
)

const teamState = v.picklist(teamStates)

export const listTeams = {
  route,
  query: v.strictObject({
    query: v.optional(queryText),
    state: v.optional(teamState),
    cursor: v.optional(cursor),
    limit: v.optional(pageSize, '50'),
  }),
} as const satisfies Call

const listedTeamAnswer = v.pipe(
  v.object({
    teamId: v.string(),
    name: v.string(),
    country: v.string(),
    plan: v.picklist(['none', 'free', 'paid']),
    payAsYouGo: v.boolean(),
    states: v.array(teamState),
    apps: amount,
    appsOutsideHub: amount,
    admins: v.pipe(amount, v.description('Without invited ones')),
    openInvitations: amount,
    overdueSince: v.optional(instantText),
    owedUsdCents: v.pipe(amount, v.description('Bills and charge-backs that are not paid')),
  }),
  v.title('ListedTeam'),
)

const teamsAnswer = v.pipe(
  v.object({ teams: v.array(listedTeamAnswer), cursor: v.optional(cursor) }),
  v.title('Teams'),
)

export type ListedTeamAnswer = v.InferOutput<typeof listedTeamAnswer>
export type TeamsAnswer = v.InferOutput<typeof teamsAnswer>

export const operation = {
  call: listTeams,
  summary:
    'Lists teams by words and state: those overdue for longest first, others by word and id. Changes appear within seconds.',
  statuses: {
    200: 'A page of teams; `cursor` leads to the next one. A page may be short, and even empty, while it has a cursor.',
  },
  answer: teamsAnswer,
} as const satisfies Operation
