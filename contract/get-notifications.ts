import type { Call } from './call.ts'
import { notificationsAnswer } from './notifications.ts'
import type { Operation } from './operation.ts'
import type { Route } from './route.ts'
import { teamParams } from './team.ts'

export const route = {
  method: 'GET',
  path: '/v1/teams/{teamId}/notifications',
  function: 'hub',
  scope: 'hub:read',
  isOpenToOperators: true,
  operationId: 'getNotifications',
} as const satisfies Route

export const getNotifications = { route, params: teamParams } as const satisfies Call

export const operation = {
  call: getNotifications,
  summary: 'Shows the addresses and webhooks to notify about the team.',
  statuses: { 200: 'The settings.' },
  answer: notificationsAnswer,
} as const satisfies Operation
