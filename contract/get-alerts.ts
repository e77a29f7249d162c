import * as v from 'valibot'
import { alertFields } from './alert.ts'
import type { Call } from './call.ts'
import { instantText } from './figures.ts'
import type { Operation } from './operation.ts'
import type { Route } from './route.ts'
import { teamParams } from './team.ts'

export const route = {
  method: 'GET',
  path: '/v1/teams/{teamId}/alerts',
  function: 'hub',
  scope: 'hub:read',
  isOpenToOperators: true,
  operationId: 'getAlerts',
} as const satisfies Route

export const getAlerts = { route, params: teamParams } as const satisfies Call

export const alertsAnswer = v.pipe(
  v.object({
    alerts: v.array(
      v.pipe(
        v.object({
          ...alertFields,
          /** Present while the alert is reached: the instant at which the team was notified. A cost starts again each month. */
          reachedAt: v.optional(instantText),
        }),
        v.title('Alert'),
      ),
    ),
  }),
  v.title('Alerts'),
)

export type AlertsAnswer = v.InferOutput<typeof alertsAnswer>

export const operation = {
  call: getAlerts,
  summary: 'Lists the thresholds that the team has set for itself. Developers see those without money.',
  statuses: { 200: 'The alerts, in the order in which they were set.' },
  answer: alertsAnswer,
} as const satisfies Operation
