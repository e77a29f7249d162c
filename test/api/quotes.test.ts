import { describe, expect } from 'vitest'
import { test } from '../support/fixtures.ts'
import { foundAcme, newParty, type Party } from '../support/party.ts'

const start = Date.parse('2026-02-20T10:00:00Z')
const acad = 'automation-autocad'
const use = { appId: 'viewer', meter: acad, quantity: 1_500 }
const service = { scope: 'aps:meter' }

/** A paid team with tokens, and a clock that the test moves. */
async function openStory(table: Parameters<typeof newParty>[0], tokens = 100) {
  let now = start
  const party = await newParty(table, { now: () => now })
  await foundAcme(party, tokens)
  return { party, pass: (seconds: number) => (now += seconds * 1_000) }
}

const quote = ({ call }: Party, changes: object = {}, claims: Record<string, string> = service) =>
  call('quoteUse', { body: { quoteId: 'q1', ...use, ...changes }, claims })
const authorize = async ({ call }: Party, changes: object = {}) =>
  (await call('authorizeUsage', { body: { authorizationId: 'a1', ...use, quoteId: 'q1', ...changes } })).body
const capture = async ({ call }: Party, used: number) =>
  (await call('captureAuthorization', { body: { used } })).body

describe('a quote', () => {
  test('has the most that its use can cost, until when it is valid, and the decision now', async ({
    table,
  }) => {
    const { party } = await openStory(table)
    expect(await quote(party)).toMatchObject({
      status: 200,
      body: {
        quoteId: 'q1',
        teamId: 'acme',
        appId: 'viewer',
        meter: acad,
        validUntil: '2026-02-20T11:00:00Z',
        cap: { quantity: 1_500, tokens: 3, usdCents: 900 },
        decision: 'allow',
        fundedBy: 'flex',
        remaining: 70_500,
      },
    })
  })

  test('binds its id: the same again is the same quote, other content is a conflict', async ({ table }) => {
    const { party, pass } = await openStory(table)
    const { validUntil } = (await quote(party)).body
    pass(60)
    expect((await quote(party)).body).toMatchObject({ validUntil, decision: 'allow' })
    for (const changes of [{ quantity: 1_499 }, { meter: 'automation-revit' }, { validSeconds: 60 }])
      expect(await quote(party, changes)).toMatchObject({
        status: 409,
        body: { code: 'IDEMPOTENCY_CONFLICT' },
      })
  })

  test('shows why its use would be denied now, and still binds', async ({ table }) => {
    const { party } = await openStory(table)
    const { body } = await quote(party, { quantity: 100_000 })
    expect(body).toMatchObject({
      decision: 'deny',
      cap: { quantity: 100_000, tokens: 139, usdCents: 41_700 },
      refusal: { code: 'TOKENS_EXHAUSTED', missing: [{ code: 'TOKENS_EXHAUSTED', tokens: 39 }] },
    })
    await party.call('purchaseTokens', { body: { purchaseId: 'more', tokens: 100 } })
    expect(await authorize(party, { quantity: 100_000 })).toMatchObject({
      decision: 'allow',
      cap: { tokens: 139 },
    })
  })

  test('says when it is over', async ({ table }) => {
    const { party, pass } = await openStory(table)
    await quote(party)
    pass(3_600)
    const refusal = { code: 'QUOTE_NOT_VALID', missing: [{ code: 'QUOTE_NOT_VALID', because: 'expired' }] }
    expect((await quote(party)).body).toMatchObject({ decision: 'deny', refusal })
    expect(await authorize(party)).toMatchObject({ decision: 'deny', refusal })
  })

  test('is not made of a bad request, which names the field and leaves the id free', async ({ table }) => {
    const { party } = await openStory(table)
    const wrong = [
      [{ meter: 'nothing' }, '/meter'],
      [{ quantity: 0 }, '/quantity'],
      [{ validSeconds: 86_401 }, '/validSeconds'],
      [{ price: 1 }, '/price'],
    ] as const
    for (const [changes, pointer] of wrong)
      expect(await quote(party, changes)).toMatchObject({ status: 400, body: { errors: [{ pointer }] } })
    expect(await quote(party)).toMatchObject({ status: 200 })
  })
})

describe('the app of a quote', () => {
  const refusal = { code: 'UNKNOWN_APP' }
  const person = (team: string) => ({ scope: 'hub:read', team, role: 'developer' })

  test('may be of any team for a service, and of the own team for a person', async ({ table }) => {
    const { party } = await openStory(table)
    expect((await quote(party, {}, service)).body).toMatchObject({ decision: 'allow' })
    expect((await quote(party, {}, person('acme'))).body).toMatchObject({ decision: 'allow' })
  })

  test('looks unknown to people of other teams, like an app that does not exist', async ({ table }) => {
    const { party } = await openStory(table)
    const { body } = await quote(party, {}, person('other'))
    expect(body).toMatchObject({ decision: 'deny', refusal })
    const absent = (await quote(party, { appId: 'nobody' }, person('other'))).body
    expect({ ...absent, appId: 'viewer' }).toEqual(body)
  })
})

describe('an authorization under a quote', () => {
  test('is never charged more, and shows what nobody is charged for', async ({ table }) => {
    const { party } = await openStory(table)
    await quote(party)
    expect(await authorize(party)).toMatchObject({ decision: 'allow', cap: { quantity: 1_500, tokens: 3 } })
    expect(await capture(party, 720)).toMatchObject({ charges: [{ units: 1 }] })
    const over = await capture(party, 7_200)
    expect(over).toMatchObject({ overrun: true, waived: 5_700, charges: [{ units: 1, tokens: 1 }] })
    const { entries } = (await party.call('listEntries', { query: { limit: '3' } })).body
    expect(entries).toMatchObject([
      { kind: 'capture', quantity: 6_480, waived: 5_700, overrun: true },
      { kind: 'capture', quantity: 720 },
      { kind: 'authorization', quoteId: 'q1', cap: { quantity: 1_500, tokens: 3, usdCents: 900 } },
    ])
    expect((await party.call('getAuthorization', {})).body).toMatchObject({ cap: { quantity: 1_500 } })
  })

  test('is part of its id', async ({ table }) => {
    const { party } = await openStory(table)
    await quote(party)
    const first = await authorize(party)
    expect(await authorize(party)).toEqual(first)
    expect(await authorize(party, { quoteId: undefined })).toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' })
  })

  test('works in rows of a settlement and in a renewal', async ({ table }) => {
    const { party } = await openStory(table)
    await quote(party)
    const rows = [
      { kind: 'authorization', authorizationId: 'r1', ...use, quoteId: 'q1' },
      { kind: 'authorization', authorizationId: 'r2', ...use, quoteId: 'q2' },
      {
        kind: 'capture',
        authorizationId: 'r1',
        used: 2_000,
        renew: { authorizationId: 'r3', quantity: 720, quoteId: 'q1' },
      },
    ]
    const { results } = (await party.call('settleUsage', { body: { rows } })).body
    expect(results).toMatchObject([
      { authorization: { decision: 'allow', cap: { tokens: 3 } } },
      { authorization: { decision: 'deny', refusal: { code: 'QUOTE_NOT_VALID' } } },
      { capture: { waived: 500, renewed: { authorization: { decision: 'allow', cap: { tokens: 3 } } } } },
    ])
  })
})
