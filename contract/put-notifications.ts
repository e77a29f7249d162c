import * as v from 'valibot'
import { notifiedTypes } from '../core/events/notified-types.ts'
import type { Call } from './call.ts'
import { email, id, instant, say, uniqueList } from './fields.ts'
import { notificationsAnswer } from './notifications.ts'
import type { Operation } from './operation.ts'
import { sayToPeople } from './people-messages.ts'
import type { Route } from './route.ts'
import { teamParams } from './team.ts'

export const route = {
  method: 'PUT',
  path: '/v1/teams/{teamId}/notifications',
  function: 'hub',
  scope: 'hub:write',
  operationId: 'putNotifications',
} as const satisfies Route

const url = v.pipe(
  v.string(),
  v.regex(/^https?:\/\/[!-~]{1,490}$/, sayToPeople('webhookUrl')),
  v.metadata({ format: 'uri' }),
)

/**
 * Fields as the settings are read, so that they can be sent back. An id must be that of the address; `disabledAt` is
 * ignored, because saved webhooks are switched on.
 */
const readOnly = { webhookId: v.optional(id), disabledAt: v.optional(instant) }

const webhook = v.pipe(
  v.strictObject({
    url,
    types: v.optional(uniqueList(v.picklist(notifiedTypes), notifiedTypes.length)),
    ...readOnly,
  }),
  v.title('WebhookSettings'),
)

/**
 * Replaces all settings. A webhook is identified by its address: an unchanged address keeps its id and its
 * secret.
 */
export const putNotifications = {
  route,
  params: teamParams,
  body: v.strictObject({
    language: v.optional(v.picklist(['en', 'ja']), 'en'),
    emails: v.pipe(
      v.array(email),
      v.maxLength(10),
      v.transform((items) => [...new Set(items)]),
    ),
    webhooks: v.pipe(
      v.array(webhook),
      v.maxLength(5),
      v.check((items) => new Set(items.map((item) => item.url)).size === items.length, say('unique')),
    ),
  }),
} as const satisfies Call

export const operation = {
  call: putNotifications,
  summary:
    'Sets the addresses and webhooks to notify. A new webhook gets a secret, which only this answer shows.',
  statuses: { 200: 'The settings, with the secrets of new webhooks.' },
  answer: notificationsAnswer,
  problems: [412],
  example: {
    request: {
      language: 'en',
      emails: ['admin@example.com'],
      webhooks: [{ url: 'https://example.com/hooks/tollgate', types: ['TokensLow', 'TeamSuspended'] }],
    },
  },
} as const satisfies Operation
