import { expect } from 'vitest'
import { dayMs, hourMs } from '../../core/time/time.ts'
import { accessLogMetrics, metricNames } from '../../lambdas/runtime/metric-names.ts'
import { test } from '../support/fixtures.ts'
import {
  campaign,
  checkFollowers,
  consumeStream,
  deliver,
  failCalls,
  raceTwo,
  startMachines,
} from '../support/metric-story.ts'
import { type MetricWatch, watchMetrics } from '../support/metric-watch.ts'
import { foundAcme, newParty, type Party } from '../support/party.ts'

let watch: MetricWatch
let party: Party
let now = Date.parse('2025-12-10T09:00:00Z')
const clock = { now: () => now }

/*
 * Everything that functions count is counted here once, by the functions' own code on the real engine, in the order of a
 * customer's life. What is caught are the lines that CloudWatch would read.
 */
test.beforeAll(async ({ engine }) => {
  const table = await engine.newTable()
  party = await newParty(table, clock)
  watch = watchMetrics()
  await campaign(party)
  await foundAcme(party)
  await use()
  await owe()
  await raceTwo(party, await newParty(table, clock))
  await expire()
  await failCalls()
  await consumeStream(party, ['acme', 'bolt'])
  await deliver(table, clock)
  await checkFollowers(party)
  await watch.flush()
})

async function call(operationId: string, body: unknown, params: Record<string, string> = {}): Promise<void> {
  const { status, body: answer } = await party.call(operationId, { body, params })
  if (status >= 300) throw new Error(`${operationId}: ${JSON.stringify(answer)}`)
}

/**
 * An allowed and a refused authorization, an overrun, a late capture, use beyond a quote, and work that nobody can pay
 * until later.
 */
async function use(): Promise<void> {
  const ask = { appId: 'viewer', meter: 'automation-autocad', quantity: 720 }
  await call('authorizeUsage', { ...ask, authorizationId: 'a1' })
  await call('captureAuthorization', { used: 2_000, final: true }, { authorizationId: 'a1' })
  await call('authorizeUsage', { ...ask, appId: 'nobody', authorizationId: 'a2' })
  await call('authorizeUsage', { ...ask, authorizationId: 'a3' })
  now += 2 * hourMs
  await call('captureAuthorization', { used: 720, final: true }, { authorizationId: 'a3' })
  await call('choosePlan', { plan: 'paid', payAsYouGo: true, spendLimitUsdCents: 10_000 })
  const job = { appId: 'viewer', meter: 'model-derivative-complex-job', quantity: 1 }
  await call('quoteUse', { ...job, quoteId: 'q1' })
  await call('authorizeUsage', { ...job, quoteId: 'q1', authorizationId: 'a4' })
  await call('captureAuthorization', { used: 3, final: true }, { authorizationId: 'a4' })
  const event = { specversion: '1.0', type: 'aps.usage.v1', source: 'test', subject: 'viewer' }
  const data = { meter: 'automation-autocad', quantity: 720 * 400 }
  const time = new Date(now).toISOString()
  await call('recordUsage', [{ ...event, id: 'e1', time, data }])
  await call('recordUsage', [{ ...event, id: 'e1', time, data: { ...data, quantity: 1 } }])
  await call('purchaseTokens', { purchaseId: 'second', tokens: 1_000 })
}

/** A bill that is not paid at first, and whose payment is disputed and refunded later. */
async function owe(): Promise<void> {
  now = Date.parse('2026-01-03T01:00:00Z')
  await sweep()
  const payment = { invoiceOrPurchaseId: 'acme~invoice:2025-12' }
  await call('reportPayment', { ...payment, paymentId: 'p1', status: 'failed' })
  now += 2 * dayMs + 4 * hourMs
  await startMachines(party)
  await sweep()
  for (const status of ['settled', 'charged-back', 'settled', 'refunded'])
    await call('reportPayment', { ...payment, paymentId: 'p2', status })
}

async function expire(): Promise<void> {
  now += 400 * dayMs
  await sweep()
  await call('suspendTeam', { reason: 'test' })
}

async function sweep(): Promise<void> {
  const { sweep: run } = await import('../../lambdas/consumers/sweep.ts')
  await run(party.deps)
}

test('every metric of the table is counted by code', () => {
  const byFunctions = Object.keys(metricNames).filter((name) => !accessLogMetrics.includes(name))
  const missing = byFunctions.filter((name) => !watch.has(name))
  expect(missing).toEqual([])
})

test('no metric is told apart by team, app or anything else that grows', () => {
  const dimensions = new Set(watch.lines.flatMap((line) => line.dimensions))
  expect([...dimensions].sort()).toEqual(['Code', 'Consumer', 'Notice', 'Operation'])
  expect(JSON.stringify(watch.lines)).not.toMatch(/acme|viewer/)
})

test('decisions are told apart by their code', () => {
  expect(watch.total('Decisions', { Code: 'UNKNOWN_APP' })).toBe(1)
  expect(watch.total('Decisions', { Code: 'ALLOWED' })).toBeGreaterThanOrEqual(2)
})

test('units, tokens and money are those of the journal', () => {
  // 2,000 + 720 + 288,000 seconds are 403 units of 12 minutes, a token or 3 dollars each: the 100 tokens there were pay
  // 100 units, the limit of 100 dollars 33, and 270 stay short until 1,000 tokens come; 730 of these expire.
  expect([watch.total('TokensSpent'), watch.total('TokensExpired')]).toEqual([370, 730])
  expect([watch.total('TokensGranted'), watch.total('PayAsYouGoUsdCents')]).toEqual([1_100, 9_900])
  expect([watch.total('ShortfallUnits'), watch.total('ShortfallSettledUnits')]).toEqual([270, 270])
  expect([watch.total('Overruns'), watch.total('LateUses'), watch.total('AppsMigrated')]).toEqual([2, 1, 1])
  expect(watch.total('UsageConflicts')).toBe(1)
})

test('a reminder that fell due hours ago and is not done is stuck', () => {
  expect(watch.total('CampaignStepsStuck')).toBe(1)
})

test('a bill that waits for its next step for hours is stuck', () => {
  expect([watch.total('RecoveriesOpen'), watch.total('RecoveriesStuck')]).toEqual([1, 1])
})
