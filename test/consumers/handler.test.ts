import type { Context } from 'aws-lambda'
import * as v from 'valibot'
import { afterAll, beforeEach, expect, test, vi } from 'vitest'
import { toHandler } from '../../lambdas/runtime/handler.ts'
import { currentCorrelationId, noteStep, noteTeam } from '../../lambdas/runtime/invocation.ts'
import { logger } from '../../lambdas/runtime/log.ts'
import { metrics, sendMetricsTo } from '../../lambdas/runtime/metrics.ts'

/* The middlewares that every function shares, around work that fails or succeeds. */

let printed: string[]
let counted: string[]

beforeEach(() => {
  printed = []
  counted = []
  metrics.flush()
  sendMetricsTo((text) => void counted.push(text))
  const keep = (text: unknown) => printed.push(String(text)) > 0
  vi.spyOn(process.stdout, 'write').mockImplementation(keep)
  vi.spyOn(process.stderr, 'write').mockImplementation(keep)
})
afterAll(() => vi.restoreAllMocks())

const lines = () => printed.map((text) => JSON.parse(text))
const context = { functionName: 'f', awsRequestId: 'r1' } as Context

const fails = (name: string, error: unknown) =>
  toHandler<{ id?: string }, void>(
    name,
    async () => {
      noteStep('a step')
      metrics.add('RaceRetries')
      throw error
    },
    ({ id }) => id,
  )

test('a thrown error is logged once with its steps, and rethrown', async () => {
  await expect(fails('sweep', new Error('no disk'))({ id: 'c-1' }, context)).rejects.toThrow('no disk')
  expect(lines()).toMatchObject([
    {
      level: 'ERROR',
      message: 'sweep',
      correlationId: 'c-1',
      function_request_id: 'r1',
      error: { message: 'no disk' },
      steps: [{ step: 'a step' }],
    },
  ])
  expect(counted).toHaveLength(1)
})

test('work that succeeds returns its result, writes its counts and logs nothing', async () => {
  const handler = toHandler('sweep', async () => {
    metrics.add('RaceRetries')
    return 'swept'
  })
  expect(await handler({}, context)).toBe('swept')
  expect([printed, counted.length]).toEqual([[], 1])
})

test('a line never carries the correlation id of an earlier call', async () => {
  await expect(fails('first', new Error('x'))({ id: 'c-1' })).rejects.toThrow()
  await expect(fails('second', new Error('x'))({})).rejects.toThrow()
  expect(lines().map((line) => [line.message, line.correlationId])).toEqual([
    ['first', 'c-1'],
    ['second', undefined],
  ])
})

test('calls at the same time have their own correlation id, also after a wait', async () => {
  const handler = toHandler(
    'wait',
    async ({ waits }: { id: string; waits: Promise<unknown> }) => {
      await waits
      return currentCorrelationId()
    },
    ({ id }) => id,
  )
  const later = handler({ id: 'second', waits: Promise.resolve() })
  const first = handler({ id: 'first', waits: later })
  expect(await Promise.all([first, later])).toEqual(['first', 'second'])
  expect(currentCorrelationId()).toBeUndefined()
})

test('a failure names the team of the work, unless it was for several', async () => {
  const workFor = (...teamIds: string[]) =>
    toHandler('sweep', async () => {
      for (const teamId of teamIds) noteTeam(teamId)
      throw new Error('x')
    })
  for (const teamIds of [['acme', 'acme'], ['acme', 'bolt', 'bolt'], []])
    await expect(workFor(...teamIds)({})).rejects.toThrow()
  expect(lines().map(({ teamId }) => teamId)).toEqual(['acme', undefined, undefined])
})

test('the log does not quote an input that a schema rejects', async () => {
  const parse = toHandler('add-person', async (event: unknown) =>
    v.parse(v.object({ version: v.number() }), event),
  )
  await expect(parse({ email: 'sora@example.com', version: { name: 'Sora' } })).rejects.toThrow()
  expect(lines()).toMatchObject([{ error: { name: 'ValiError' } }])
  expect(printed.join()).not.toMatch(/sora@|Sora/)
})

test('the time that is left ends work before Lambda does, so that its steps are logged', async () => {
  const hangs = toHandler('sweep', () => {
    noteStep('a query')
    return new Promise<void>(() => {})
  })
  const ending = { ...context, getRemainingTimeInMillis: () => 6 }
  await expect(hangs({}, ending)).rejects.toThrow('aborted')
  expect(lines()).toMatchObject([{ level: 'ERROR', message: 'sweep', steps: [{ step: 'a query' }] }])
  expect(logger.getLevelName()).toBe('INFO')
})
