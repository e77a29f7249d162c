import * as v from 'valibot'
import type { Call } from './call.ts'
import { amount, instantText } from './figures.ts'
import { lateMs } from './health-limits.ts'
import type { Operation } from './operation.ts'
import type { Route } from './route.ts'

export const route = {
  method: 'GET',
  path: '/v1/health',
  function: 'health',
  scope: 'ops:admin',
  operationId: 'getHealth',
} as const satisfies Route

export const getHealth = { route } as const satisfies Call

/** Readers of the journals: what follows each change of a team. */
export const readers = ['usage-view', 'events', 'archive'] as const
/** Work that waits for a schedule, and the readers. */
const checks = ['accounts-due', 'alerts-due', 'deliveries-due', ...readers] as const
const alarms = Object.keys(lateMs) as [keyof typeof lateMs, ...(keyof typeof lateMs)[]]

const checkAnswer = v.pipe(
  v.object({
    check: v.picklist(checks),
    state: v.picklist(['good', 'attention']),
    waiting: v.pipe(amount, v.description('Accounts, deliveries or teams that wait')),
    isMore: v.pipe(v.boolean(), v.description('True where counting stopped at the bound')),
    since: v.optional(v.pipe(instantText, v.description('The instant from which the oldest waits'))),
    alarm: v.pipe(v.picklist(alarms), v.description('Kind of alarm, and section of the runbook')),
  }),
  v.title('HealthCheck'),
)

const healthAnswer = v.pipe(
  v.object({
    at: instantText,
    checks: v.array(checkAnswer),
    runbookUrl: v.optional(
      v.pipe(v.string(), v.description('The runbook, of which each kind of alarm is a section')),
    ),
    examinedTeams: v.pipe(amount, v.description('Recently changed teams whose readers were examined')),
  }),
  v.title('Health'),
)

export type HealthCheckAnswer = v.InferOutput<typeof checkAnswer>
export type HealthAnswer = v.InferOutput<typeof healthAnswer>

export const operation = {
  call: getHealth,
  summary:
    'Counts the pending work of the platform, up to 1,000 per shard, and examines up to 240 recently changed teams.',
  statuses: { 200: 'The pending work, and the state of each check.' },
  answer: healthAnswer,
} as const satisfies Operation
