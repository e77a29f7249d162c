import { describe, expect } from 'vitest'
import { auditTable } from '../../audit/table.ts'
import { emptyAccount } from '../../core/account/account.ts'
import type { Entry } from '../../core/journal/entry.ts'
import { dayMs, hourMs } from '../../core/time/time.ts'
import type { Table } from '../../lambdas/store/table.ts'
import { type SeededRandom, seededRandom } from '../../tools/sample/random.ts'
import { everyScope } from '../support/ask.ts'
import { againWhileBusy, patiently } from '../support/asking-again.ts'
import type { EngineTables } from '../support/engine-table.ts'
import { test } from '../support/fixtures.ts'
import { newParty, type Party } from '../support/party.ts'

/*
 * Schedules only tidy up: the same season is played with a sweep every day, with none at all, with two at once, and with each
 * a day late. Decisions, balances and bills are the same, entry by entry.
 */

let engine: EngineTables
test.beforeAll(({ engine: started }) => {
  engine = started
})

const start = Date.parse('2025-11-28T08:00:00Z')
const days = 75
const teams = ['aoi', 'bolt', 'cedar', 'delta'] as const
const meters = ['automation-autocad', 'model-derivative-complex-job', 'model-derivative-basic'] as const

type Sweeping = (party: Party, day: number) => Promise<void>

interface Told {
  readonly answers: readonly string[]
  readonly journals: Readonly<Record<string, readonly Entry[]>>
}

/** One season of four teams, by a fixed seed. The sweeps run at the same time, at midnight of each day. */
async function play(sweeping: Sweeping): Promise<Told> {
  const table = await engine.newTable()
  let now = start
  const party = patiently(await newParty(table, { now: () => now }))
  const random = seededRandom(7)
  const answers: string[] = []
  const call = async (operationId: string, params: object, body?: object) => {
    const claims = { ...everyScope, team: (params as { teamId?: string }).teamId ?? 'aoi' }
    const answer = await party.call(operationId, { params: params as Record<string, string>, body, claims })
    answers.push(`${operationId} ${answer.status} ${JSON.stringify(answer.body, withoutIds)}`)
  }
  for (const team of teams) await register(call, team)
  for (let day = 0; day < days; day++) {
    now = start + day * dayMs
    for (const team of teams) await live(call, team, day, random, () => now)
    now = start + day * dayMs + 16.5 * hourMs
    await sweeping(party, day)
  }
  now = start + (days + 40) * dayMs
  for (const team of teams) await againWhileBusy(() => party.deps.operations.advance(team))
  await expectClean(table)
  const journals = await Promise.all(
    teams.map(async (team) => [team, await party.deps.journal.since(team, 0, 1_000)]),
  )
  return { answers, journals: Object.fromEntries(journals) }
}

const withoutIds = (key: string, value: unknown) => (key === 'requestId' ? undefined : value)

type CallOf = (operationId: string, params: object, body?: object) => Promise<void>

async function register(call: CallOf, team: string): Promise<void> {
  const profile = { name: team, country: 'JP', paymentMethod: 'credit-card', standing: 'good' }
  await call('registerTeam', { teamId: team }, profile)
  await call('registerApp', { appId: `${team}-app` }, { teamId: team, name: team })
}

/** Actions of a team on a day: some on fixed days, some at random. */
async function live(
  call: CallOf,
  team: string,
  day: number,
  random: SeededRandom,
  now: () => number,
): Promise<void> {
  const params = { teamId: team }
  if (team !== 'delta' && day === 12) {
    await call('createHub', params, { name: 'hub' })
    await call('moveApps', params, { appIds: [`${team}-app`] })
    await call('choosePlan', params, { plan: team === 'aoi' ? 'free' : 'paid', payAsYouGo: team === 'bolt' })
  }
  if (team === 'cedar' && (day === 3 || day === 40))
    await call('purchaseTokens', params, { purchaseId: `p${day}`, tokens: 100 })
  if (team === 'cedar' && day === 30) await call('choosePlan', params, { plan: 'free' })
  if (team === 'bolt' && day === 45)
    await call('choosePlan', params, { plan: 'paid', payAsYouGo: true, spendLimitUsdCents: 2_000 })
  const meter = meters[random.between(0, meters.length - 1)] ?? meters[0]
  const quantity = random.between(1, 2_000)
  const [authorizationId, appId] = [`${team}-${day}`, `${team}-app`]
  if (random.chance(600)) {
    const holdSeconds = random.between(60, 86_000)
    await call('authorizeUsage', {}, { authorizationId, appId, meter, quantity, holdSeconds })
    const used = random.between(0, quantity * 2)
    if (random.chance(700)) await call('captureAuthorization', { authorizationId }, { used })
  }
  if (random.chance(500)) {
    const time = new Date(now() - random.between(0, 20) * dayMs).toISOString()
    const head = { specversion: '1.0', type: 'aps.usage.v1', source: 'urn:test', id: authorizationId }
    await call('recordUsage', {}, [{ ...head, subject: appId, time, data: { meter, quantity } }])
  }
}

async function expectClean(table: Table): Promise<void> {
  const lines: string[] = []
  await auditTable(table, { onDifference: (line) => lines.push(line) })
  expect(lines).toEqual([])
}

describe('the same season', () => {
  const sweep = async (party: Party) => {
    const { sweep: sweepOnce } = await import('../../lambdas/consumers/sweep.ts')
    return againWhileBusy(() => sweepOnce(party.deps))
  }
  let daily: Told

  test.beforeAll(async () => {
    daily = await play(async (party) => void (await sweep(party)))
  })

  test('has months that turn, lots, bills and refusals in it, or it would prove nothing', () => {
    const kinds = new Set(
      Object.values(daily.journals).flatMap((entries) => entries.map((entry) => entry.kind)),
    )
    for (const kind of ['period-started', 'period-closed', 'lot-granted', 'capture', 'usage'])
      expect(kinds).toContain(kind)
    for (const code of ['APP_NOT_IN_HUB', 'FREE_LIMIT_REACHED']) expect(daily.answers.join()).toContain(code)
    expect(daily.journals.aoi?.[0]?.version).toBe(emptyAccount('aoi').version + 1)
  })

  test('without any sweep', async () => {
    expect(await play(async () => {})).toEqual(daily)
  })

  test('with each sweep twice at once', async () => {
    expect(await play(async (party) => void (await Promise.all([sweep(party), sweep(party)])))).toEqual(daily)
  })

  test('with each sweep a day late, and some left out', async () => {
    expect(await play(async (party, day) => void (day % 3 === 1 && (await sweep(party))))).toEqual(daily)
  })
})
