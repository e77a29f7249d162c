import { describe, expect } from 'vitest'
import { test } from '../support/fixtures.ts'
import { foundAcme, newParty, type Party } from '../support/party.ts'

const start = Date.parse('2026-02-20T10:00:00Z')
const ask = { appId: 'viewer', meter: 'automation-autocad', quantity: 7_200, holdSeconds: 3_600 }

/** A paid team with an open authorization `a1`, and a clock that the test moves. */
async function openStory(table: Parameters<typeof newParty>[0]) {
  let now = start
  const party = await newParty(table, { now: () => now })
  await foundAcme(party)
  await authorize(party)
  return { party, pass: (seconds: number) => (now += seconds * 1_000) }
}

const authorize = async ({ call }: Party, changes: object = {}) =>
  (await call('authorizeUsage', { body: { authorizationId: 'a1', ...ask, ...changes } })).body
const stateOf = async ({ call }: Party) => (await call('getAuthorization', {})).body
const capture = ({ call }: Party, body: object) => call('captureAuthorization', { body })

const readHeld = async ({ call }: Party) => (await call('getBalance', {})).body.held

describe('the answer of an authorization', () => {
  const basic = { meter: 'model-derivative-basic', quantity: 1 }

  test('names the team, and the quantity that earns about one cent', async ({ table }) => {
    const { party } = await openStory(table)
    expect(await authorize(party)).toMatchObject({ decision: 'allow', teamId: 'acme', reportAfter: 2 })
    const answer = await authorize(party, { authorizationId: 'b', ...basic })
    expect(answer).toMatchObject({ decision: 'allow', teamId: 'acme', reportAfter: 1_000 })
  })

  test('has no such quantity for use that is not rated', async ({ table }) => {
    const { party } = await openStory(table)
    const answer = await authorize(party, { authorizationId: 'v', meter: 'viewer' })
    expect(answer).toMatchObject({ decision: 'allow', fundedBy: 'unrated', teamId: 'acme' })
    expect(answer).not.toHaveProperty('reportAfter')
  })

  test('names the team in a capture, too', async ({ table }) => {
    const { party } = await openStory(table)
    expect((await capture(party, { used: 1 })).body).toMatchObject({ used: 1, teamId: 'acme' })
  })

  test('names the team of a denied app, unless no team has the app', async ({ table }) => {
    const { party } = await openStory(table)
    const denied = await authorize(party, { authorizationId: 'much', quantity: 1_000_000 })
    expect(denied).toMatchObject({ decision: 'deny', teamId: 'acme' })
    const unknown = await authorize(party, { authorizationId: 'u', appId: 'nobody' })
    expect(unknown).toMatchObject({ decision: 'deny', refusal: { code: 'UNKNOWN_APP' } })
    expect(unknown).not.toHaveProperty('teamId')
  })

  test('is the same in a row of a settlement, and in a renewal', async ({ table }) => {
    const { party } = await openStory(table)
    const row = { kind: 'authorization', ...ask, ...basic }
    const rows = [
      { ...row, authorizationId: 'r1' },
      { ...row, authorizationId: 'r2', quantity: 1_000_000_000 },
      { ...row, authorizationId: 'r3', appId: 'nobody' },
      { kind: 'capture', authorizationId: 'r1', used: 1, renew: { authorizationId: 'r4', quantity: 1 } },
    ]
    const { body } = await party.call('settleUsage', { body: { rows } })
    const renewed = { authorization: { decision: 'allow', teamId: 'acme', reportAfter: 1_000 } }
    expect(body.results).toMatchObject([
      { authorization: { decision: 'allow', teamId: 'acme', reportAfter: 1_000 } },
      { authorization: { decision: 'deny', teamId: 'acme' } },
      { authorization: { decision: 'deny', refusal: { code: 'UNKNOWN_APP' } } },
      { capture: { teamId: 'acme', renewed } },
    ])
    expect(JSON.stringify((body.results as object[])[2])).not.toContain('teamId')
  })
})

describe('the state of an authorization', () => {
  test('shows what was granted, used and is held, and when it ends', async ({ table }) => {
    const { party } = await openStory(table)
    await capture(party, { used: 1_000 })
    expect(await stateOf(party)).toEqual({
      authorizationId: 'a1',
      appId: 'viewer',
      meter: 'automation-autocad',
      quantity: 7_200,
      used: 1_000,
      held: 6_200,
      expiresAt: '2026-02-20T11:00:00Z',
      status: 'open',
    })
  })

  test('is 404 where the id is unknown, or was denied', async ({ table }) => {
    const { party } = await openStory(table)
    expect(await authorize(party, { authorizationId: 'much', quantity: 1_000_000 })).toMatchObject({
      decision: 'deny',
    })
    for (const authorizationId of ['nobody', 'much'])
      expect(await party.call('getAuthorization', { params: { authorizationId } })).toMatchObject({
        status: 404,
        body: { code: 'NOT_FOUND' },
      })
  })
})

describe.for([
  ['final', ({ party }) => capture(party, { used: 1_000, final: true }), 1_000],
  ['void', ({ party }) => party.call('voidAuthorization', {}), 0],
  ['expired', async ({ pass }) => pass(3_600), 0],
  ['used-up', ({ party }) => capture(party, { used: 7_200 }), 7_200],
] as const satisfies readonly (readonly [
  string,
  (story: Awaited<ReturnType<typeof openStory>>) => Promise<unknown>,
  number,
])[])('an authorization that is over: %s', ([closedBecause, end, used]) => {
  test('says so, holds nothing, and is denied when it is asked for again', async ({ table }) => {
    const story = await openStory(table)
    const { party } = story
    expect(await authorize(party)).toMatchObject({ decision: 'allow', remaining: 64_800 })
    await end(story)
    expect(await stateOf(party)).toMatchObject({ status: 'closed', closedBecause, used, held: 0 })
    expect(await authorize(party)).toMatchObject({
      decision: 'deny',
      refusal: { code: 'AUTHORIZATION_CLOSED', missing: [{ code: 'AUTHORIZATION_CLOSED', closedBecause }] },
    })
    expect(await readHeld(party)).toEqual([])
    expect(await authorize(party, { quantity: 7_201 })).toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' })
  })

  test('keeps its reason when more use is reported, and on a void', async ({ table }) => {
    const story = await openStory(table)
    await end(story)
    expect((await capture(story.party, { used: 7_920, final: true })).body).toMatchObject({
      status: 'closed',
    })
    expect((await story.party.call('voidAuthorization', {})).status).toBe(204)
    expect(await stateOf(story.party)).toMatchObject({
      status: 'closed',
      closedBecause,
      used: 7_920,
      held: 0,
    })
  })
})

test('a known id is checked before every rule: also where the team is suspended, or the app is another', async ({
  table,
}) => {
  const { party } = await openStory(table)
  await party.call('suspendTeam', { body: { reason: 'abuse' } })
  expect(await authorize(party)).toMatchObject({ decision: 'allow' })
  expect(await authorize(party, { appId: 'nobody' })).toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' })
  await party.call('voidAuthorization', {})
  expect(await authorize(party)).toMatchObject({ refusal: { code: 'AUTHORIZATION_CLOSED' } })
})
