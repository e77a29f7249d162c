import * as v from 'valibot'
import { holdSecondsDefault } from '../core/commands/authorize.ts'
import type { Call } from './call.ts'
import { id, quantityMax, usedMax, whole } from './fields.ts'

export const authorizeUsage = {
  operationId: 'authorizeUsage',
  body: v.strictObject({
    authorizationId: id,
    appId: id,
    meter: id,
    quantity: whole(1, quantityMax),
    holdSeconds: v.optional(whole(1, 86_400), holdSecondsDefault),
  }),
} as const satisfies Call

export const captureAuthorization = {
  operationId: 'captureAuthorization',
  params: v.strictObject({ authorizationId: id }),
  body: v.strictObject({ used: whole(0, usedMax), final: v.optional(v.boolean(), false) }),
} as const satisfies Call

export const voidAuthorization = {
  operationId: 'voidAuthorization',
  params: v.strictObject({ authorizationId: id }),
} as const satisfies Call

/** Only the envelope: each event is then read on its own, so that a bad one does not fail the batch. */
export const recordUsage = {
  operationId: 'recordUsage',
  body: v.pipe(v.array(v.record(v.string(), v.unknown())), v.minLength(1), v.maxLength(1000)),
  bodyBytesMax: 1_048_576,
  contentTypes: ['application/cloudevents-batch+json', 'application/json'],
} as const satisfies Call
