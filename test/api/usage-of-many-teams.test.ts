import { expect } from 'vitest'
import { recordUsage } from '../../core/commands/record-usage.ts'
import { Busy } from '../../lambdas/runtime/busy.ts'
import { loadRecordUsage } from '../../lambdas/store/meter-loaders.ts'
import { meterRulesOn } from '../../lambdas/store/meter-rules.ts'
import { Operations, type Result } from '../../lambdas/store/operations.ts'
import { recordEvents } from '../../lambdas/usage/record-events.ts'
import { event as request } from '../support/ask.ts'
import { expectDocumented } from '../support/documented.ts'
import { test } from '../support/fixtures.ts'
import { makerOf } from '../support/handler-makers.ts'
import type { Party } from '../support/party.ts'

/* A request with usage events of many teams, some of which are busy. */

const at = '2026-02-20T10:00:00Z'
const teamIds = Array.from({ length: 40 }, (_, index) => `team-${index}`)
const eventOf = (teamId: string, id = 'e1') => ({
  specversion: '1.0',
  type: 'aps.usage.v1',
  source: `urn:test:${teamId}`,
  id,
  time: at,
  subject: `${teamId}-app`,
  data: { meter: 'automation-autocad', quantity: 720 },
})
const batch = teamIds.map((teamId) => eventOf(teamId))

test.beforeEach(async ({ party }) => {
  for (const teamId of teamIds) {
    const profile = { name: teamId, country: 'US', paymentMethod: 'none', standing: 'good' }
    await party.call('registerTeam', { params: { teamId }, body: profile })
    await party.call('registerApp', { params: { appId: `${teamId}-app` }, body: { teamId, name: 'App' } })
  }
})

type Run = (teamId: string) => Promise<Result<unknown>>

const commands = { rules: { 'record-usage': recordUsage }, loaders: { 'record-usage': loadRecordUsage } }

/** Operations whose `run` first passes through the test. */
function operationsOf({ deps }: Party, around: (teamId: string, run: Run) => Promise<Result<unknown>>) {
  class Watched extends Operations {
    override run(teamId: string, ...rest: never[]): Promise<never> {
      const run = super.run as (...all: unknown[]) => Promise<Result<unknown>>
      return around(teamId, () => run.call(this, teamId, ...rest)) as Promise<never>
    }
  }
  return new Watched({
    table: deps.table,
    clock: deps.clock,
    stores: deps,
    rules: meterRulesOn(deps, commands),
  })
}

interface Row {
  readonly id: string
  readonly status: string
  readonly problem?: { readonly code: string; readonly status?: number; readonly retryAfterSeconds?: number }
}

async function send(party: Party, operations: Operations, body: unknown) {
  const handler = (await makerOf('recordUsage'))({ ...party.deps, operations } as never, undefined as never)
  const response = await handler(request('recordUsage', { body }))
  expectDocumented('recordUsage', response)
  const { statusCode: status, headers } = response
  return { status, headers, results: (JSON.parse(response.body).results ?? []) as readonly Row[] }
}

const shortOf = ({ status, problem }: Row) => problem?.code ?? status

test('the rows of a team that stays busy carry a 503, all others are recorded, and a repeat counts everything once', async ({
  party,
}) => {
  const busy = operationsOf(party, (teamId, run) =>
    teamId === 'team-3' ? Promise.reject(new Busy()) : run(teamId),
  )
  const body = [...batch, eventOf('team-3', 'e2')]
  const { status, results } = await send(party, busy, body)
  expect(status).toBe(200)
  expect(results.map(shortOf)).toEqual(
    body.map(({ subject }) => (subject === 'team-3-app' ? 'BUSY' : 'recorded')),
  )
  expect(results[3]?.problem).toMatchObject({ status: 503, retryAfterSeconds: 1 })
  const { results: again } = await send(party, party.deps.operations, body)
  expect(again.map(shortOf)).toEqual(
    body.map(({ subject }) => (subject === 'team-3-app' ? 'recorded' : 'duplicate')),
  )
})

test('an event whose transaction took effect although its answer was lost is not called busy', async ({
  party,
}) => {
  const lossy = operationsOf(party, async (teamId, run) => {
    const result = await run(teamId)
    if (teamId === 'team-3') throw new Busy()
    return result
  })
  const { results } = await send(party, lossy, batch)
  expect(results.map(shortOf)).toEqual(
    teamIds.map((teamId) => (teamId === 'team-3' ? 'duplicate' : 'recorded')),
  )
})

test('an event that repeats the id of a busy one in the same batch is busy as well', async ({ party }) => {
  const busy = operationsOf(party, (teamId, run) =>
    teamId === 'team-3' ? Promise.reject(new Busy()) : run(teamId),
  )
  const { results } = await send(party, busy, [eventOf('team-3'), eventOf('team-4'), eventOf('team-3')])
  expect(results.map(shortOf)).toEqual(['BUSY', 'recorded', 'BUSY'])
})

test('a batch, or an event, of busy teams alone is a 503 with the time to send it again', async ({
  party,
}) => {
  const busy = operationsOf(party, (teamId) => Promise.reject(new Busy(teamId === 'team-3' ? 7 : 2)))
  for (const body of [batch, [eventOf('team-3')], eventOf('team-3')]) {
    const { status, headers } = await send(party, busy, body)
    expect([status, headers['retry-after']]).toEqual([503, '7'])
  }
})

test('a request whose time runs out is answered, with the teams that were not begun as busy', async ({
  party,
}) => {
  let begun = 0
  const operations = operationsOf(party, (teamId, run) => {
    begun += 1
    return run(teamId)
  })
  const events = batch.map(({ source, id, subject, data }) => {
    return { source, id, appId: subject, time: Date.parse(at), ...data }
  })
  const results = await recordEvents({ ...party.deps, operations }, events, () => begun >= 10)
  expect(results.map(({ status }) => status)).toEqual(
    teamIds.map((_, index) => (index < 10 ? 'recorded' : 'busy')),
  )
})

test('many teams of a batch are recorded at once, and at most 32', async ({ party }) => {
  let [running, most] = [0, 0]
  const operations = operationsOf(party, async (teamId, run) => {
    running += 1
    most = Math.max(most, running)
    const result = await run(teamId)
    running -= 1
    return result
  })
  await send(party, operations, batch)
  expect(most).toBe(32)
})

test('an error of one team is a 500, and the events of every other team are recorded', async ({ party }) => {
  const failing = operationsOf(party, (teamId, run) =>
    teamId === 'team-3' ? Promise.reject(new Error('a bug')) : run(teamId),
  )
  expect((await send(party, failing, batch)).status).toBe(500)
  const { results } = await send(party, party.deps.operations, batch)
  expect(results.map(shortOf)).toEqual(
    teamIds.map((teamId) => (teamId === 'team-3' ? 'recorded' : 'duplicate')),
  )
})
