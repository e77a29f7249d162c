import { expect } from 'vitest'
import type { Table } from '../../lambdas/store/table.ts'
import type { Sent } from '../support/ask.ts'
import { test } from '../support/fixtures.ts'
import { foundAcme, newParty, type Party } from '../support/party.ts'

const start = '2026-02-20T10:00:00Z'
const conflict = 'IDEMPOTENCY_CONFLICT'
const event = (changes: object = {}, quantity = 720) => ({
  specversion: '1.0',
  type: 'aps.usage.v1',
  source: 'urn:test',
  id: 'dup1',
  time: start,
  subject: 'viewer',
  data: { meter: 'automation-autocad', quantity },
  ...changes,
})

/** The teams `acme` (app `viewer`) and `bolt` (app `drill`), and a clock that the test moves. */
async function twoTeams(table: Table) {
  let now = Date.parse(start)
  const party = await newParty(table, { now: () => now })
  await foundAcme(party)
  const profile = { name: 'Bolt', country: 'US', paymentMethod: 'none', standing: 'good' }
  await succeed(party, 'registerTeam', { params: { teamId: 'bolt' }, body: profile })
  await succeed(party, 'registerApp', { params: { appId: 'drill' }, body: { teamId: 'bolt', name: 'Drill' } })
  return { party, pass: (days: number) => (now += days * 86_400_000) }
}

async function succeed({ call }: Party, operationId: string, sent: Sent): Promise<void> {
  expect((await call(operationId, sent)).status).toBeLessThan(300)
}

/** The outcome of each event: its status, or the code of its rejection. */
async function send({ call }: Party, ...body: readonly object[]): Promise<readonly string[]> {
  const { results } = (await call('recordUsage', { body })).body as {
    results: { status: string; problem?: { code: string } }[]
  }
  return results.map(({ status, problem }) => problem?.code ?? status)
}

async function spentTokens({ call }: Party): Promise<number> {
  const { flex } = (await call('getBalance', {})).body as { flex: { tokens: number } }
  return 100 - flex.tokens
}

test('a known id with another app, meter, quantity or time is a conflict, alone and in a batch, and is charged once', async ({
  table,
}) => {
  const { party } = await twoTeams(table)
  const others = [
    event({}, 721),
    event({ subject: 'drill' }),
    event({ subject: 'nobody' }),
    event({ time: '2026-02-20T09:59:59Z' }),
    event({ time: '2026-02-20T12:00:00Z' }),
    event({ data: { meter: 'model-derivative-complex-job', quantity: 720 } }),
    event({ data: { meter: 'no-meter', quantity: 720 } }),
  ]
  const conflicts = others.map(() => conflict)
  expect(await send(party, event(), ...others, event())).toEqual(['recorded', ...conflicts, 'duplicate'])
  expect(await send(party, ...others, event())).toEqual([...conflicts, 'duplicate'])
  for (const other of others) expect(await send(party, other)).toEqual([conflict])
  expect(await spentTokens(party)).toBe(1)
})

test('the same instant in another notation is the same content', async ({ table }) => {
  const { party } = await twoTeams(table)
  const notations = ['2026-02-20T10:00:00.000Z', '2026-02-20T19:00:00+09:00']
  expect(await send(party, event(), ...notations.map((time) => event({ time })))).toEqual([
    'recorded',
    'duplicate',
    'duplicate',
  ])
  expect(await send(party, event({ time: notations[1] }))).toEqual(['duplicate'])
})

test('a known event is a duplicate also when it is too old by now, and a conflict with other content', async ({
  table,
}) => {
  const { party, pass } = await twoTeams(table)
  expect(await send(party, event())).toEqual(['recorded'])
  pass(40)
  const answers = await send(party, event(), event({}, 721), event({ id: 'fresh' }))
  expect(answers).toEqual(['duplicate', conflict, 'EVENT_TOO_OLD'])
})

test('a rejected event leaves its id free, for any app', async ({ table }) => {
  const { party } = await twoTeams(table)
  expect(await send(party, event({ time: '2026-02-20T15:00:00Z' }))).toEqual(['EVENT_IN_FUTURE'])
  const batch = [event({ subject: 'nobody' }), event({ subject: 'drill' }), event()]
  expect(await send(party, ...batch)).toEqual(['UNKNOWN_APP', 'recorded', conflict])
  expect(await spentTokens(party)).toBe(0)
})
