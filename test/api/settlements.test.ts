import { describe, expect } from 'vitest'
import { Busy } from '../../lambdas/runtime/busy.ts'
import type { Sent } from '../support/ask.ts'
import { test } from '../support/fixtures.ts'
import { foundAcme, newParty, type Party } from '../support/party.ts'

const acad = 'automation-autocad'
const ask = { appId: 'viewer', meter: acad, quantity: 720, holdSeconds: 3_600 }
const authorization = (authorizationId: string, changes: object = {}) => ({
  kind: 'authorization',
  authorizationId,
  ...ask,
  ...changes,
})
const capture = (authorizationId: string, used: number, changes: object = {}) => ({
  kind: 'capture',
  authorizationId,
  used,
  ...changes,
})

interface Result {
  readonly status: number
  readonly retryAfterSeconds?: number
  // biome-ignore-start lint/suspicious/noExplicitAny: an answer is looked into field by field
  readonly authorization?: any
  readonly capture?: any
  readonly problem?: any
  // biome-ignore-end lint/suspicious/noExplicitAny: until here
}

async function settle({ call }: Party, ...rows: readonly unknown[]): Promise<readonly Result[]> {
  const { status, body } = await call('settleUsage', { body: { rows } })
  expect(status).toBe(200)
  return body.results as readonly Result[]
}

async function succeed({ call }: Party, operationId: string, sent: Sent): Promise<unknown> {
  const { status, body } = await call(operationId, sent)
  expect(status).toBeLessThan(300)
  return body
}

/** The team `bolt` with the app `drill`, on the free plan. */
async function foundBolt(party: Party): Promise<void> {
  const params = { teamId: 'bolt' }
  const claims = { team: 'bolt', role: 'admin', scope: 'hub:read hub:write ops:admin aps:meter' }
  const profile = { name: 'Bolt', country: 'US', paymentMethod: 'none', standing: 'good' }
  await succeed(party, 'registerTeam', { params, body: profile })
  await succeed(party, 'registerApp', { params: { appId: 'drill' }, body: { teamId: 'bolt', name: 'Drill' } })
  await succeed(party, 'createHub', { params, claims, body: { name: 'Hub' } })
  await succeed(party, 'moveApps', { params, claims, body: { appIds: ['drill'] } })
  await succeed(party, 'choosePlan', { params, claims, body: { plan: 'free' } })
}

async function versionOf({ deps }: Party, teamId = 'acme'): Promise<number> {
  return (await deps.operations.load(teamId))?.version ?? 0
}

/** Counts the items of each transaction of a party. */
function watchTransactions({ deps: { table } }: Party): readonly number[] {
  const sizes: number[] = []
  const send = table.send.bind(table)
  table.send = (name, input) => {
    if ('TransactItems' in input) sizes.push(input.TransactItems?.length ?? 0)
    return send(name, input)
  }
  return sizes
}

describe('a settlement', () => {
  test('writes the captures and authorizations of a team in one transaction', async ({ party }) => {
    await foundAcme(party)
    await settle(party, authorization('a'), authorization('b'))
    const before = await versionOf(party)
    const sizes = watchTransactions(party)
    const renew = { authorizationId: 'c', quantity: 1_440 }
    const results = await settle(party, capture('a', 720), capture('b', 5, { renew }), authorization('d'))
    expect(results).toMatchObject([
      {
        status: 200,
        capture: { authorizationId: 'a', used: 720, status: 'closed', charges: [{ units: 1, tokens: 1 }] },
      },
      {
        status: 200,
        capture: {
          authorizationId: 'b',
          used: 5,
          status: 'closed',
          renewed: {
            status: 200,
            authorization: { authorizationId: 'c', decision: 'allow', quantity: 1_440 },
          },
        },
      },
      {
        status: 200,
        authorization: { authorizationId: 'd', decision: 'allow', quantity: 720, fundedBy: 'flex' },
      },
    ])
    expect(sizes).toEqual([5])
    expect(await versionOf(party)).toBe(before + 4)
  })

  test('answers each row as the single call does', async ({ party }) => {
    await foundAcme(party)
    await party.call('authorizeUsage', { body: { authorizationId: 'open', ...ask } })
    const rows: readonly (readonly [string, Sent, object])[] = [
      ['authorizeUsage', { body: { authorizationId: 'open', ...ask } }, authorization('open')],
      [
        'authorizeUsage',
        { body: { authorizationId: 'open', ...ask, quantity: 1 } },
        authorization('open', { quantity: 1 }),
      ],
      [
        'authorizeUsage',
        { body: { authorizationId: 'x', ...ask, quantity: 99_999 } },
        authorization('x', { quantity: 99_999 }),
      ],
      [
        'authorizeUsage',
        { body: { authorizationId: 'x', ...ask, appId: 'nobody' } },
        authorization('x', { appId: 'nobody' }),
      ],
      [
        'authorizeUsage',
        { body: { authorizationId: 'open', ...ask, appId: 'nobody' } },
        authorization('open', { appId: 'nobody' }),
      ],
      [
        'authorizeUsage',
        { body: { authorizationId: 'x', ...ask, meter: 'no-meter' } },
        authorization('x', { meter: 'no-meter' }),
      ],
      [
        'captureAuthorization',
        { params: { authorizationId: 'open' }, body: { used: 0 } },
        capture('open', 0),
      ],
      [
        'captureAuthorization',
        { params: { authorizationId: 'unknown' }, body: { used: 1 } },
        capture('unknown', 1),
      ],
    ]
    for (const [operationId, sent, row] of rows) {
      const alone = await party.call(operationId, sent)
      const [result] = await settle(party, row)
      expect(result?.status).toBe(alone.status)
      const {
        instance: _,
        requestId: _id,
        ...body
      } = result?.authorization ?? result?.capture ?? result?.problem ?? {}
      const { instance: _single, requestId: _singleId, ...expected } = alone.body
      expect(body).toEqual(expected)
    }
  })

  test('reports wrong fields in their own row, and carries out the others', async ({ party }) => {
    await foundAcme(party)
    const results = await settle(
      party,
      authorization('good'),
      authorization('bad', { quantity: 0 }),
      authorization('worse', { quantity: 5, quantityMin: 6 }),
      capture('good', 1, { renew: { authorizationId: 'no space', quantity: 1 } }),
      { kind: 'purchase' },
      null,
      'text',
    )
    expect(results.map(({ status }) => status)).toEqual([200, 400, 400, 400, 400, 400, 400])
    const messages = results.slice(4).map(({ problem }) => problem.errors[0].message)
    expect(messages).toEqual([
      'must be one of "authorization", "capture"',
      'must be an object',
      'must be an object',
    ])
    const pointers = results.slice(1).map(({ problem }) => problem.errors[0].pointer)
    expect(pointers).toEqual([
      '/rows/1/quantity',
      '/rows/2/quantityMin',
      '/rows/3/renew/authorizationId',
      '/rows/4/kind',
      '/rows/5',
      '/rows/6',
    ])
  })

  test('takes 1 to 100 rows', async ({ party }) => {
    await foundAcme(party)
    for (const rows of [[], Array.from({ length: 101 }, () => null)]) {
      const { status, body } = await party.call('settleUsage', { body: { rows } })
      expect(status).toBe(400)
      expect(body.errors).toMatchObject([{ pointer: '/rows' }])
    }
  })

  test('makes as few transactions of 100 rows of a team as fit', async ({ party }) => {
    await foundAcme(party)
    const rows = Array.from({ length: 100 }, (_, index) =>
      authorization(`id-${index}`, { quantity: 1, holdSeconds: 60 }),
    )
    const sizes = watchTransactions(party)
    const results = await settle(party, ...rows)
    expect(results.every(({ authorization }) => authorization.decision === 'allow')).toBe(true)
    expect(sizes).toEqual([100, 2])
    const captures = rows.map(({ authorizationId }) =>
      capture(authorizationId, 1, { renew: { authorizationId: `${authorizationId}-next`, quantity: 1 } }),
    )
    await settle(party, ...captures)
    expect(sizes).toEqual([100, 2, 99, 99, 5])
  })

  test('may capture what an earlier row of it authorizes or renews', async ({ party }) => {
    await foundAcme(party)
    const renew = { authorizationId: 'second', quantity: 720 }
    const results = await settle(
      party,
      capture('first', 1),
      authorization('first'),
      capture('first', 700, { renew }),
      capture('second', 20, { final: true }),
    )
    expect(results.map(({ status }) => status)).toEqual([404, 200, 200, 200])
    expect(results[3]?.capture).toMatchObject({ used: 20, status: 'closed', charges: [{ units: 1 }] })
    const { body } = await party.call('getAuthorization', { params: { authorizationId: 'second' } })
    expect(body).toMatchObject({ used: 20, status: 'closed', closedBecause: 'final' })
  })

  test('changes nothing when it is repeated whole, and answers the same', async ({ party }) => {
    await foundAcme(party)
    await settle(party, authorization('a'))
    const rows = [
      capture('a', 100, { renew: { authorizationId: 'b', quantity: 50 } }),
      authorization('c', { quantity: 10 }),
    ]
    const first = await settle(party, ...rows)
    const version = await versionOf(party)
    const again = await settle(party, ...rows)
    expect(again[1]).toEqual(first[1])
    expect(again[0]?.capture.renewed).toEqual(first[0]?.capture.renewed)
    expect(again[0]?.capture).toMatchObject({ used: 100, status: 'closed', charges: [] })
    expect(await versionOf(party)).toBe(version)
  })

  test('captures, and reports the ended meter of a renewal', async ({ party, clock }) => {
    await foundAcme(party)
    await settle(party, authorization('a', { holdSeconds: 86_400 }))
    const meters = [{ meter: acad, api: 'automation', baseUnit: 'second', unitSize: 720, ended: true }]
    const price = { tokensPerUnit: 1, usdCentsPerUnit: 300, freePerPeriod: 0 }
    const effectiveAt = new Date(clock.time + 25 * 3_600_000).toISOString()
    await succeed(party, 'publishRateCard', {
      params: { version: 'end' },
      body: { effectiveAt, meters: [{ ...meters[0], ...price }] },
    })
    clock.time += 26 * 3_600_000
    const [result] = await settle(party, capture('a', 5, { renew: { authorizationId: 'b', quantity: 5 } }))
    expect(result).toMatchObject({
      status: 200,
      capture: { used: 5, late: true, renewed: { status: 400, problem: { code: 'METER_ENDED' } } },
    })
  })
})

describe('a settlement of several teams', () => {
  test('carries out the rows of each, in the order sent', async ({ party }) => {
    await foundAcme(party)
    await foundBolt(party)
    const results = await settle(
      party,
      authorization('a'),
      authorization('b', {
        appId: 'drill',
        meter: 'model-derivative-complex-job',
        quantity: 30,
        quantityMin: 1,
      }),
      capture('a', 720),
    )
    expect(results).toMatchObject([
      { authorization: { decision: 'allow', fundedBy: 'flex' } },
      { authorization: { decision: 'allow', fundedBy: 'free', quantity: 20, remaining: 0 } },
      { capture: { used: 720 } },
    ])
  })

  test('answers 503 in the rows of a busy team alone', async ({ party }) => {
    await foundAcme(party)
    await foundBolt(party)
    const { operations } = party.deps
    const run = operations.run.bind(operations)
    operations.run = async (teamId, command, given) => {
      if (teamId === 'bolt') throw new Busy(7)
      return run(teamId, command, given)
    }
    const ofBolt = authorization('b', { appId: 'drill' })
    const results = await settle(party, ofBolt, authorization('a'), ofBolt)
    expect(results.map(({ status }) => status)).toEqual([503, 200, 503])
    expect(results[0]).toMatchObject({ retryAfterSeconds: 7, problem: { code: 'BUSY' } })
  })

  test('answers 500 in the rows of a team that fails, and carries out the others', async ({ party }) => {
    await foundAcme(party)
    await foundBolt(party)
    const { operations } = party.deps
    const run = operations.run.bind(operations)
    operations.run = async (teamId, command, given) => {
      if (teamId === 'bolt') throw new Error('our secret')
      return run(teamId, command, given)
    }
    const results = await settle(party, authorization('b', { appId: 'drill' }), authorization('a'))
    expect(results.map(({ status }) => status)).toEqual([500, 200])
    expect(JSON.stringify(results)).not.toContain('secret')
  })
})

describe('instances that settle at the same time', () => {
  test('grant an id once, and use tokens once', async ({ table, clock }) => {
    const parties = await Promise.all([1, 2, 3, 4].map(() => newParty(table, clock)))
    const [first] = parties
    if (first === undefined) throw new Error('no party')
    await foundAcme(first, 100)
    const results = await Promise.all(parties.map((party) => settleOften(party)))
    const allowed = results.flat().filter(({ authorization }) => authorization?.decision === 'allow')
    expect(allowed).toHaveLength(4)
    const { body } = await first.call('getBalance', {})
    expect(body.held).toMatchObject([{ meter: acad, quantity: 720 * 4 }])
  })
})

/** Four authorizations under the same ids for every caller; a busy team is asked again. */
async function settleOften(party: Party): Promise<readonly Result[]> {
  const rows = [1, 2, 3, 4].map((index) => authorization(`same-${index}`))
  for (let round = 0; round < 50; round++) {
    const results = await settle(party, ...rows)
    if (results.every(({ status }) => status === 200)) return results.slice(0, 1)
  }
  throw new Error('busy for too long')
}
