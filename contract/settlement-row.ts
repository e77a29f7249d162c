import * as v from 'valibot'
import { askedAuthorization, isWithinQuantity } from './authorize-usage.ts'
import { reportedUse } from './capture-authorization.ts'
import { id, say } from './fields.ts'

/** The most captures and authorizations of one request. */
export const rowsMax = 100

const authorizationRow = v.pipe(
  v.strictObject({ kind: v.literal('authorization'), appId: id, meter: id, ...askedAuthorization }),
  v.forward(
    v.check((asked) => isWithinQuantity(asked), say('withinQuantity')),
    ['quantityMin'],
  ),
  v.title('AuthorizationRow'),
)

const renewal = v.pipe(
  v.strictObject(askedAuthorization),
  v.forward(
    v.check((asked) => isWithinQuantity(asked), say('withinQuantity')),
    ['quantityMin'],
  ),
  v.description('Closes the captured authorization, and asks for the next one of the same app and meter'),
  v.title('Renewal'),
)

const captureRow = v.pipe(
  v.strictObject({
    kind: v.literal('capture'),
    authorizationId: id,
    ...reportedUse,
    renew: v.optional(renewal),
  }),
  v.title('CaptureRow'),
)

/** One row of a settlement. */
export const settlementRow = v.pipe(
  v.variant('kind', [authorizationRow, captureRow]),
  v.title('SettlementRow'),
)

export type SettlementRow = v.InferOutput<typeof settlementRow>

/** The body as the OpenAPI document shows it. */
export const settlementRows = v.strictObject({
  rows: v.pipe(v.array(settlementRow), v.minLength(1), v.maxLength(rowsMax)),
})
