import { readFileSync } from 'node:fs'
import { expect, vi } from 'vitest'
import { logger } from '../../lambdas/runtime/log.ts'
import { metrics, sendMetricsTo } from '../../lambdas/runtime/metrics.ts'
import { test } from '../support/fixtures.ts'
import { foundAcme, newParty, type Party } from '../support/party.ts'

/*
 * Bytes that a call adds to the logs, with the real handlers on the real engine. Lambda's own lines of a call that goes
 * well are switched off in the template (its test says so), so this counts all that a function writes.
 */

let party: Party
let printed: string[]
let calls = 0

test.beforeAll(async ({ engine }) => {
  party = await newParty(await engine.newTable(), { now: () => Date.parse('2026-02-20T10:00:00Z') })
  await foundAcme(party, 1_000)
  logger.setLogLevel('INFO')
  metrics.flush()
  const keep = (text: unknown) => printed.push(String(text)) > 0
  vi.spyOn(process.stdout, 'write').mockImplementation(keep)
  vi.spyOn(process.stderr, 'write').mockImplementation(keep)
  sendMetricsTo((text) => void process.stdout.write(`${text}\n`))
})
test.afterAll(async () => {
  vi.restoreAllMocks()
})

/** The lines that some work prints, and their bytes. `chance` decides whether a call is a sample. */
async function linesOf(work: () => Promise<unknown>, chance = 0.5) {
  printed = []
  vi.spyOn(Math, 'random').mockReturnValue(chance)
  await work()
  const text = printed.join('')
  return { lines: text.split('\n').filter(Boolean), bytes: Buffer.byteLength(text) }
}

/** Lambda's context, with names as long as the template makes them. */
const functionName = 'Tollgate-prod-Api-AuthorizeUsageFunction1A2B3C4D-aBcDeFgHiJkL'
const context = {
  functionName,
  invokedFunctionArn: `arn:aws:lambda:us-east-1:123456789012:function:${functionName}`,
  memoryLimitInMB: '512',
  awsRequestId: '11f7b894-d352-4025-a111-222233334444',
}

async function authorize(): Promise<void> {
  calls += 1
  const ask = { appId: 'viewer', meter: 'automation-autocad', quantity: 1 }
  const body = { ...ask, authorizationId: `a${calls}` }
  const { status } = await party.call('authorizeUsage', { body }, context)
  if (status !== 200) throw new Error(`status ${status}`)
}

async function alone(): Promise<void> {
  await authorize()
  metrics.flush()
}

/** USD per million calls: a gigabyte of logs is 0.50, a million write units 0.625; list prices of us-east-1. */
const logUsd = (bytes: number): number => bytes * 1e6 * (0.5 / 1e9)
const writeUsd = (units: number): number => units * 0.625
/** API Gateway's line of a call, with values as long as they get: see the format in the construct of the routes. */
const accessLine =
  '{"requestId":"JKJaXmPLvHcESHA=","at":"1771581600000","route":"POST /v1/authorizations","status":"200","milliseconds":"23","ip":"203.0.113.17"}\n'

test('an allowed call is counted, and writes nothing else unless it is a sample', async () => {
  const well = await linesOf(alone)
  expect(well.lines).toHaveLength(1)
  expect(well.lines[0]).toContain('"Decisions":1')
  expect(well.bytes).toBeLessThan(600)
})

test('a busy instance writes one line for all calls of a second', async () => {
  const well = await linesOf(async () => {
    metrics.flush()
    for (let call = 0; call < 20; call++) await authorize()
    metrics.flush()
  })
  expect(well.lines.length).toBeLessThanOrEqual(4)
  expect(well.bytes / 20).toBeLessThan(120)
  expect(well.lines.join().match(/"Latency":/g)?.length).toBe(well.lines.length)
})

test('a sample says every step, and one call in a hundred is one', async () => {
  const { lines, bytes } = await linesOf(alone, 0)
  const sample = JSON.parse(lines.find((line) => line.includes('"steps"')) ?? '{}')
  expect(sample).toMatchObject({
    level: 'INFO',
    message: 'authorizeUsage',
    correlationId: 'request-1',
    function_request_id: context.awsRequestId,
    cold_start: false,
  })
  expect(sample.steps.map(({ step }: { step: string }) => step)).toEqual(['TransactWriteItems', 'decided'])
  expect(bytes).toBeLessThan(1_500)
  expect(await linesOf(alone, 0.011)).toMatchObject({ lines: { length: 1 } })
})

/** Some work on a stopwatch that runs ahead by 600 ms each time it is read: no call is done within a second. */
async function slowly(work: () => Promise<unknown>): Promise<void> {
  const now = performance.now.bind(performance)
  let aheadMs = 0
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => {
    aheadMs += 600
    return now() + aheadMs
  })
  await work()
  clock.mockRestore()
}

test('a slow call always says every step, and has every field that the runbook asks for', async () => {
  const { lines, bytes } = await linesOf(() => slowly(alone))
  expect(lines).toHaveLength(2)
  const slow = JSON.parse(lines.find((line) => line.includes('"steps"')) ?? '{}')
  expect(slow).toMatchObject({ level: 'INFO', message: 'authorizeUsage', teamId: 'acme', statusCode: 200 })
  expect(slow.steps.map(({ step }: { step: string }) => step)).toEqual(
    expect.arrayContaining(['TransactWriteItems', 'decided']),
  )
  expect(bytes).toBeLessThan(1_500)

  const runbook = readFileSync(new URL('../../docs/runbook.md', import.meta.url), 'utf8')
  const query = /^slow='filter (\w+) > (\d+) \| stats .*max\((\w+)\) by (\w+), (\w+)'/m.exec(runbook)
  const [, field = '', threshold, ...fields] = query ?? []
  expect(slow[field]).toBeGreaterThan(Number(threshold))
  for (const name of fields) expect(slow, name).toHaveProperty(name)
  expect(fields).toHaveLength(3)
})

test('a call that is refused slowly says every step, one that is refused quickly none', async () => {
  const refused = async () => {
    const { status } = await party.call('getBalance', { claims: { scope: 'aps:meter' } })
    expect(status).toBe(403)
  }
  const quick = await linesOf(refused)
  expect(JSON.parse(quick.lines[0] ?? '{}')).not.toHaveProperty('steps')
  const slow = await linesOf(() => slowly(refused))
  expect(JSON.parse(slow.lines[0] ?? '{}')).toMatchObject({ level: 'WARN', statusCode: 403, steps: [] })
})

test('a call that fails writes one line with all details, and one with its count', async () => {
  const { lines, bytes } = await linesOf(async () => {
    const send = vi.spyOn(party.deps.table, 'send').mockRejectedValue(new Error('the disk is full'))
    const { status } = await party.call('getBalance', {}, context)
    send.mockRestore()
    expect(status).toBe(500)
  })
  expect(lines).toHaveLength(2)
  const failure = JSON.parse(lines.find((line) => line.includes('"ERROR"')) ?? '{}')
  expect(failure).toMatchObject({ message: 'getBalance', statusCode: 500, teamId: 'acme' })
  expect(failure.error.message).toBe('the disk is full')
  expect(failure).toHaveProperty('steps')
  expect(bytes).toBeLessThan(3_000)
})

test('the logs of an allowed call cost less than a seventh of the writes that they describe', async () => {
  const well = await linesOf(alone)
  const sample = await linesOf(alone, 0)
  const bytes = accessLine.length + well.bytes + (sample.bytes - well.bytes) / 100
  expect(logUsd(bytes)).toBeLessThan(writeUsd(5) / 7)
})
