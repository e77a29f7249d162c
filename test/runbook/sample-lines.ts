import { vi } from 'vitest'
import { everyScope } from '../support/ask.ts'
import type { EngineTables } from '../support/engine-table.ts'
import { campaign, checkFollowers, deliver, failCalls } from '../support/metric-story.ts'
import { foundAcme, newParty, type Party } from '../support/party.ts'
import type { Line } from './logs-insights.ts'

/**
 * Lines that the functions write, by their own code on the real engine: answers of every kind, a slow one, deliveries that fail,
 * a reader that is behind and a function that throws.
 */
export async function functionLines(engine: EngineTables): Promise<readonly Line[]> {
  let now = Date.parse('2026-01-20T10:00:00Z')
  const clock = { now: () => now }
  const table = await engine.newTable()
  const party = await newParty(table, clock)
  await foundAcme(party)
  const { logger } = await import('../../lambdas/runtime/log.ts')
  logger.setLogLevel('INFO')
  return caught(async () => {
    await authorize(party, 'a1')
    await slowly(() => authorize(party, 'a2'))
    await party.call('authorizeUsage', { body: {}, claims: { ...everyScope, scope: 'hub:read' } })
    await failCalls()
    await campaign(party)
    await deliver(table, clock)
    now += 24 * 3_600_000
    await checkFollowers(party)
    await failingSweep()
  })
}

/** The lines that are printed during some work, in which every answer is a sample. */
async function caught(work: () => Promise<void>): Promise<readonly Line[]> {
  const printed: string[] = []
  const keep = (text: unknown) => printed.push(String(text)) > 0
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation(keep),
    vi.spyOn(process.stderr, 'write').mockImplementation(keep),
    vi.spyOn(Math, 'random').mockReturnValue(0),
  ]
  try {
    await work()
  } finally {
    for (const spy of spies) spy.mockRestore()
  }
  const lines = printed.join('').split('\n').filter(Boolean)
  return lines.map((line) => withTimestamp(JSON.parse(line)))
}

/** CloudWatch adds the instant at which a line came. */
const withTimestamp = (line: Line): Line => ({ '@timestamp': line.timestamp ?? line.time, ...line })

async function authorize(party: Party, authorizationId: string): Promise<void> {
  const body = { appId: 'viewer', meter: 'automation-autocad', quantity: 1, authorizationId }
  const { status } = await party.call('authorizeUsage', { body })
  if (status !== 200) throw new Error(`status ${status}`)
}

/** Does some work while every look at the stopwatch is two seconds later. */
async function slowly(work: () => Promise<void>): Promise<void> {
  let now = performance.now()
  const spy = vi.spyOn(performance, 'now').mockImplementation(() => {
    now += 2_000
    return now
  })
  await work().finally(() => spy.mockRestore())
}

async function failingSweep(): Promise<void> {
  const { toHandler } = await import('../../lambdas/runtime/handler.ts')
  const sweep = toHandler('sweep', () => Promise.reject(new Error('lot p1 is below zero')))
  await sweep({}).catch(() => {})
}

/** Lambda's own lines of a call that ran out of time, and of one that was started, as its documentation shows them. */
export const platformLines: readonly Line[] = [
  {
    time: '2026-01-20T10:00:10.000Z',
    type: 'platform.report',
    record: {
      requestId: '6f7f0961f83442118a7af6fe80b88d56',
      metrics: { durationMs: 10_000, billedDurationMs: 10_000, memorySizeMB: 512, maxMemoryUsedMB: 140 },
      status: 'timeout',
    },
  },
  {
    time: '2026-01-20T10:00:00.000Z',
    type: 'platform.initReport',
    record: { initializationType: 'on-demand', phase: 'init', status: 'error', metrics: { durationMs: 400 } },
  },
].map(withTimestamp)

/** Firehose's line about records that it could not deliver, as its documentation shows it. */
export const deliveryLines: readonly Line[] = [
  {
    deliveryStreamARN: 'arn:aws:firehose:us-east-1:123456789012:deliverystream/entries',
    destination: 'arn:aws:s3:::archive',
    deliveryStreamVersionId: 1,
    message: 'Access was denied. Ensure that the trust policy for the provided IAM role allows Firehose.',
    errorCode: 'S3.AccessDenied',
    '@timestamp': '2026-01-20T10:00:00.000Z',
  },
]

const accessValues: Readonly<Record<string, readonly string[]>> = {
  '$context.routeKey': [
    'POST /v1/authorizations',
    'GET /v1/teams/{teamId}',
    'POST /v1/usage',
    'POST /v1/payments',
  ],
  '$context.status': ['200', '401', '429', '503'],
}

/** Lines of API Gateway by the format of the template: one for each status that the runbook asks for. */
export function accessLines(format: string): readonly Line[] {
  const fields = Object.entries(JSON.parse(format) as Record<string, string>)
  return [0, 1, 2, 3].map((index) =>
    Object.fromEntries([
      ...fields.map(([name, variable]) => [name, accessValues[variable]?.[index] ?? variable]),
      ['@timestamp', '2026-01-20T10:00:00.000Z'],
    ]),
  )
}
