import * as v from 'valibot'
import { id, quantityMax, whole } from '../../contract/fields.ts'
import { instantText } from '../../contract/figures.ts'
import { holdSecondsDefault } from '../../core/commands/authorize.ts'

export const teamId = v.optional(
  v.pipe(id, v.description('Your team; only needed if you belong to several (see whoami)')),
)
export const appId = v.pipe(id, v.description('One of the apps of your team (see whoami)'))
export const meter = v.pipe(id, v.description('A meter (see rates), or the name of an API without meters'))
export const quantity = v.pipe(
  whole(1, quantityMax),
  v.description("Whole number of the meter's base unit, such as seconds or jobs"),
)
export const holdSeconds = v.pipe(
  v.optional(whole(1, 86_400), holdSecondsDefault),
  v.description('How long the work may take, up to a day'),
)

export const decision = v.picklist(['allow', 'deny'])

/** A refusal, without the schema of every fact: that would be half of the list of tools, which agents read as text. */
export const refusal = v.pipe(
  v.looseObject({
    code: v.string(),
    detail: v.string(),
    missing: v.array(v.looseObject({ code: v.string() })),
    resolve: v.pipe(v.string(), v.description('What the customer can do')),
    resumesAt: v.optional(v.pipe(instantText, v.description('When time alone lifts it'))),
  }),
  v.description('The reason of a denial; missing lists every cause'),
)
