import * as v from 'valibot'
import { alertMeasures, alertsMax, isCost } from '../core/alerts/alert.ts'
import type { Call } from './call.ts'
import { id, instant, say, tokensMax, usdCentsMax, whole } from './fields.ts'
import { alertsAnswer } from './get-alerts.ts'
import type { Operation } from './operation.ts'
import { sayToPeople } from './people-messages.ts'
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

const thresholdsMax = {
  'cost-usd-cents': usdCentsMax,
  'cost-tokens': tokensMax,
  'tokens-left': tokensMax,
  'days-left': daysMax,
} as const

const alert = v.pipe(
  v.strictObject({
    alertId: id,
    appId: v.optional(id),
    measure: v.picklist(alertMeasures),
    threshold: v.pipe(
      whole(1, usdCentsMax),
      v.description(
        'Whole US cents or tokens, up to 1,000,000 tokens, or days, up to 366, as the measure says',
      ),
    ),
    /** Ignored, so that the alerts can be sent back as they are read. */
    reachedAt: v.optional(instant),
  }),
  v.forward(
    v.check(({ appId, measure }) => appId === undefined || isCost(measure), sayToPeople('appOfCost')),
    ['appId'],
  ),
  v.forward(
    v.check(
      ({ threshold, measure }) => threshold <= thresholdsMax[measure],
      sayToPeople('thresholdOfMeasure'),
    ),
    ['threshold'],
  ),
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
