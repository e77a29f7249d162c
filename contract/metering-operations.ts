import * as answers from './answers.ts'
import * as metering from './metering.ts'
import { answer, type Operation } from './operation.ts'

/** What APS services call. */
export const meteringOperations = {
  authorizeUsage: {
    call: metering.authorizeUsage,
    summary: 'Asks whether an app may use a meter now, and holds what it may cost. A "no" is a 200, too.',
    status: 200,
    answer: answer('Authorization', answers.authorizationAnswer),
    canConflict: true,
    example: {
      request: {
        authorizationId: 'job-7f3a',
        appId: 'plan-viewer',
        meter: 'automation-autocad',
        quantity: 720,
        holdSeconds: 3600,
      },
      answer: {
        authorizationId: 'job-7f3a',
        decision: 'allow',
        expiresAt: '2026-01-15T10:00:00Z',
        fundedBy: 'flex',
        remaining: 71280,
        warnings: [],
      },
    },
  },
  captureAuthorization: {
    call: metering.captureAuthorization,
    summary: 'Reports cumulative use against an authorization; a repeated or older report does no harm.',
    status: 200,
    answer: answer('Capture', answers.captureAnswer),
    example: {
      request: { used: 700, final: true },
      answer: { authorizationId: 'job-7f3a', used: 700, status: 'closed', charges: [] },
    },
  },
  voidAuthorization: {
    call: metering.voidAuthorization,
    summary: 'Gives back everything that an authorization still holds.',
    status: 204,
  },
  recordUsage: {
    call: metering.recordUsage,
    summary: 'Records work that was not authorized first: up to 1,000 CloudEvents, answered one by one.',
    status: 200,
    answer: answer('UsageResults', answers.usageAnswer),
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
  },
} satisfies Record<string, Operation>
