import * as v from 'valibot'
import type { Call } from './call.ts'
import { cloudEventsOf, cloudEventTypes } from './cloud-events.ts'
import { say } from './fields.ts'
import type { Operation } from './operation.ts'
import { usageAnswer } from './record-usage-answer.ts'
import type { Route } from './route.ts'
import { eventsMax, usageEvents } from './usage-event.ts'

export const route = {
  method: 'POST',
  path: '/v1/usage',
  function: 'record-usage',
  scope: 'aps:meter',
  operationId: 'recordUsage',
} as const satisfies Route

const batch = v.pipe(v.array(v.unknown()), v.minLength(1), v.maxLength(eventsMax))
const single = v.record(v.string(), v.unknown(), say('events'))

/**
 * Only the envelope: one event or a batch. Each event is then read separately, so that a faulty one does not fail the
 * batch.
 */
export const recordUsage = {
  route,
  body: v.lazy((sent) => (Array.isArray(sent) ? batch : single)),
  bodyBytesMax: 1_048_576,
  contentTypes: cloudEventTypes,
  toBody: cloudEventsOf,
} as const satisfies Call

export const operation = {
  call: recordUsage,
  summary:
    'Records usage without an authorization: up to 1,000 CloudEvents, with one result for each. A single event is read, too, structured as application/cloudevents+json or binary with ce- headers.',
  body: usageEvents,
  statuses: { 200: 'One result per event, in the order sent.' },
  problems: [422],
  answer: usageAnswer,
  example: {
    request: [
      {
        specversion: '1.0',
        type: 'aps.usage.v1',
        source: 'urn:example:translation-service',
        id: 'run-0001',
        subject: 'plan-viewer',
        time: '2026-01-15T09:00:00Z',
        data: { meter: 'model-derivative-complex-job', quantity: 2 },
      },
    ],
    answer: {
      results: [
        {
          id: 'run-0001',
          source: 'urn:example:translation-service',
          status: 'recorded',
          charges: [{ source: 'flex', meter: 'model-derivative-complex-job', units: 1, tokens: 3 }],
        },
      ],
    },
  },
} as const satisfies Operation
