import * as v from 'valibot'
import { entryKinds } from '../core/journal/statement.ts'
import type { Call } from './call.ts'
import { entryAnswer } from './entries.ts'
import { calendarDay, id, isNoStep, pageSize, period } from './fields.ts'
import { instantText } from './figures.ts'
import type { Operation } from './operation.ts'
import { sayToPeople } from './people-messages.ts'
import type { Route } from './route.ts'
import { teamParams } from './team.ts'

export const route = {
  method: 'GET',
  path: '/v1/teams/{teamId}/entries',
  function: 'hub',
  scope: 'hub:read',
  isAdminOnly: true,
  isOpenToOperators: true,
  operationId: 'listEntries',
} as const satisfies Route

/** The version of the last entry that the previous page examined. */
const cursor = v.pipe(v.string(), v.regex(/^[1-9][0-9]{0,15}$/, sayToPeople('cursor')))

/** The id of its purchase, or `adjustment:` and the id of its adjustment. */
const lotId = v.pipe(
  v.string(),
  v.regex(/^(adjustment:)?[A-Za-z0-9._-]{1,64}$/, sayToPeople('lotId')),
  v.check((text) => isNoStep(text.replace('adjustment:', '')), sayToPeople('lotId')),
)

export const listEntries = {
  route,
  params: teamParams,
  query: v.strictObject({
    cursor: v.optional(cursor),
    limit: v.optional(pageSize, '50'),
    /** Only entries with a charge of this period or from this source. */
    period: v.optional(period),
    source: v.optional(v.picklist(['flex', 'pay-as-you-go', 'shortfall'])),
    /**
     * Only entries about this meter. With a period or a source: those with such a charge on it. `lotId` works
     * in the same way.
     */
    meter: v.optional(id),
    /** Only entries about the meters of this API. */
    api: v.optional(id),
    lotId: v.optional(lotId),
    appId: v.optional(id),
    kind: v.optional(v.picklist(entryKinds)),
    /** Only entries of this UTC day, as in the daily usage: a usage event counts on the day of its own time. */
    day: v.optional(calendarDay),
  }),
} as const satisfies Call

/** Newest first. */
const entriesAnswer = v.pipe(
  v.object({
    entries: v.array(entryAnswer),
    cursor: v.optional(cursor),
    /** With a filter and a cursor: everything that took effect later was searched. */
    searchedUntil: v.optional(instantText),
  }),
  v.title('Entries'),
)

export type EntriesAnswer = v.InferOutput<typeof entriesAnswer>

export const operation = {
  call: listEntries,
  summary: 'Lists the statement: every operation of the team, newest first.',
  statuses: { 200: 'A page of entries; `cursor` leads to the next one.' },
  answer: entriesAnswer,
} as const satisfies Operation
