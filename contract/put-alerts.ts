import * as v from 'valibot'
import { alertsMax } from '../core/alerts/alert.ts'
import type { Call } from './call.ts'
import { id, instant, say, tokensMax, usdCentsMax, whole } from './fields.ts'
import { alertsAnswer } from './get-alerts.ts'
import type { Operation } from './operation.ts'
import type { Route } from './route.ts'
import { teamParams } from './team.ts'

export const route = {
  method: 'PUT',
  path: '/v1/teams/{teamId}/alerts',
  function: 'hub',
  scope: 'hub:write',
  operationId: 'putAlerts',
} as const satisfies Route

const daysMax = 366

/** Fields of all alerts. `reachedAt` is ignored, so that the alerts can be sent back as they are read. */
const head = { alertId: id, reachedAt: v.optional(instant) }
const ofApp = { ...head, appId: v.optional(id) }
const usdCents = v.pipe(whole(1, usdCentsMax), v.description('Whole US cents'))
const tokens = v.pipe(whole(1, tokensMax), v.description('Whole tokens'))
const days = v.pipe(whole(1, daysMax), v.description('Days'))

const alert = v.pipe(
  v.variant('measure', [
    v.pipe(
      v.strictObject({ ...ofApp, measure: v.literal('cost-usd-cents'), threshold: usdCents }),
      v.title('MoneyAlert'),
    ),
    v.pipe(
      v.strictObject({ ...ofApp, measure: v.literal('cost-tokens'), threshold: tokens }),
      v.title('TokenAlert'),
    ),
    v.pipe(
      v.strictObject({ ...head, measure: v.literal('tokens-left'), threshold: tokens }),
      v.title('TokensLeftAlert'),
    ),
    v.pipe(
      v.strictObject({ ...head, measure: v.literal('days-left'), threshold: days }),
      v.title('DaysLeftAlert'),
    ),
  ]),
  v.title('AlertSettings'),
)

/** Replaces all alerts. An alert is identified by its id, which the caller chooses: a known id keeps its state. */
export const putAlerts = {
  route,
  params: teamParams,
  body: v.strictObject({
    alerts: v.pipe(
      v.array(alert),
      v.maxLength(alertsMax),
      v.check((items) => new Set(items.map((item) => item.alertId)).size === items.length, say('unique')),
    ),
  }),
} as const satisfies Call

export const operation = {
  call: putAlerts,
  summary: 'Sets the thresholds at which the team is notified, by mail and webhook, at most 20.',
  statuses: { 200: 'The alerts.' },
  answer: alertsAnswer,
  problems: [412],
  example: {
    request: {
      alerts: [
        { alertId: 'month', measure: 'cost-usd-cents', threshold: 50000 },
        { alertId: 'viewer-month', appId: 'viewer', measure: 'cost-tokens', threshold: 100 },
        { alertId: 'low', measure: 'tokens-left', threshold: 80 },
        { alertId: 'soon', measure: 'days-left', threshold: 14 },
      ],
    },
  },
} as const satisfies Operation
