import * as v from 'valibot'
import { toldTypes } from '../core/events/told-types.ts'
import type { Call } from './call.ts'
import { email, id, say, uniqueList } from './fields.ts'

const team = v.strictObject({ teamId: id })

const url = v.pipe(
  v.string(),
  v.regex(/^https?:\/\/[!-~]{1,490}$/, say('webhookUrl')),
  v.metadata({ format: 'uri' }),
)

const webhook = v.strictObject({
  url,
  types: v.optional(uniqueList(v.picklist(toldTypes), toldTypes.length)),
})

/** Replaces the settings as a whole. A webhook is known by its address: one that stays keeps its id and its secret. */
export const putNotifications = {
  operationId: 'putNotifications',
  params: team,
  body: v.strictObject({
    language: v.optional(v.picklist(['en', 'ja']), 'en'),
    emails: v.pipe(
      v.array(email),
      v.maxLength(10),
      v.check((items) => new Set(items).size === items.length, say('unique')),
    ),
    webhooks: v.pipe(
      v.array(webhook),
      v.maxLength(5),
      v.check((items) => new Set(items.map((item) => item.url)).size === items.length, say('unique')),
    ),
  }),
} as const satisfies Call

export const getNotifications = { operationId: 'getNotifications', params: team } as const satisfies Call

export const rotateWebhookSecret = {
  operationId: 'rotateWebhookSecret',
  params: v.strictObject({ teamId: id, webhookId: id }),
} as const satisfies Call

export const listDeliveries = {
  operationId: 'listDeliveries',
  params: team,
  query: v.strictObject({ cursor: v.optional(v.pipe(id, v.regex(/^\d{9}\.\d{3}\./, say('cursor')))) }),
} as const satisfies Call

export const resendDelivery = {
  operationId: 'resendDelivery',
  params: v.strictObject({ teamId: id, deliveryId: id }),
} as const satisfies Call
