import { describe, expect } from 'vitest'
import { hashOfKey } from '../../lambdas/store/budget-keys.ts'
import { test } from '../support/fixtures.ts'
import { foundAcme, newParty, type Party } from '../support/party.ts'

const start = Date.parse('2026-02-20T10:00:00Z')
const content = {
  name: 'Night agent',
  appId: 'viewer',
  every: 'day',
  tokens: 3,
  endsAt: '2026-03-20T00:00:00Z',
}
const shown = { budgetId: 'b1', ...content, used: 0, held: 0 }

async function openStory(table: Parameters<typeof newParty>[0]) {
  let now = start
  const party = await newParty(table, { now: () => now })
  await foundAcme(party)
  return { party, pass: (seconds: number) => (now += seconds * 1_000) }
}

const make = ({ call }: Party, changes: object = {}) =>
  call('makeBudget', { body: { budgetId: 'b1', ...content, ...changes } })
const list = async ({ call }: Party) => (await call('listBudgets', {})).body.budgets
const revoke = ({ call }: Party) => call('revokeBudget', { params: { budgetId: 'b1' } })
const authorize = async ({ call }: Party, authorizationId: string, quantity: number) => {
  const body = { authorizationId, appId: 'viewer', meter: 'automation-autocad', quantity, budgetId: 'b1' }
  return (await call('authorizeUsage', { body })).body
}

describe('a budget', () => {
  test('shows its key once, and only its hash is stored', async ({ table }) => {
    const { party } = await openStory(table)
    const { status, body } = await make(party)
    const { key, ...budget } = body
    expect([status, budget]).toEqual([201, shown])
    expect(key).toMatch(/^tgk_[A-Za-z0-9_-]{43}$/)
    const again = await make(party)
    expect([again.status, again.body]).toEqual([201, shown])
    const { Items = [] } = await table.send('Scan', { TableName: table.tableName })
    expect(JSON.stringify(Items)).not.toContain(String(key))
    expect(await party.deps.budgetKeys.find(hashOfKey(String(key)))).toEqual({
      teamId: 'acme',
      budgetId: 'b1',
      appId: 'viewer',
      endsAt: Date.parse(content.endsAt),
    })
    expect(await party.deps.budgetKeys.find(hashOfKey('tgk_other'))).toBeUndefined()
  })

  test('binds its id to its content', async ({ table }) => {
    const { party } = await openStory(table)
    await make(party)
    for (const changes of [
      { tokens: 4 },
      { tokens: undefined, usdCents: 3 },
      { every: 'month' },
      { name: 'B' },
    ])
      expect(await make(party, changes)).toMatchObject({
        status: 409,
        body: { code: 'IDEMPOTENCY_CONFLICT' },
      })
  })

  test('limits what its authorizations cost, in the transaction that makes them', async ({ table }) => {
    const { party } = await openStory(table)
    await make(party)
    const asked = Array.from({ length: 5 }, (_, index) => authorize(party, `a${index}`, 720))
    const answers = await Promise.all(asked)
    expect(answers.filter(({ decision }) => decision === 'allow')).toHaveLength(3)
    const denied = answers.find(({ decision }) => decision === 'deny')
    expect(denied).toMatchObject({
      refusal: {
        code: 'BUDGET_EXHAUSTED',
        resumesAt: '2026-02-20T11:00:00Z',
        missing: [
          { code: 'BUDGET_EXHAUSTED', budget: { budgetId: 'b1', tokens: 3, used: 0, held: 3, lacks: 1 } },
        ],
      },
    })
    expect(await list(party)).toEqual([{ ...shown, held: 3 }])
  })

  test('shows its use, and begins again the next day', async ({ table }) => {
    const { party, pass } = await openStory(table)
    await make(party)
    await authorize(party, 'a1', 2_160)
    await party.call('captureAuthorization', { body: { used: 1_440 } })
    expect(await list(party)).toEqual([{ ...shown, used: 2, held: 1 }])
    pass(86_400)
    expect(await list(party)).toEqual([shown])
  })

  test('counts in US cents where it is one of money', async ({ table }) => {
    const { party } = await openStory(table)
    const { tokens: _, ...rest } = shown
    const { body } = await make(party, { tokens: undefined, usdCents: 600 })
    expect(body).toMatchObject({ ...rest, usdCents: 600 })
    expect(await authorize(party, 'a1', 1_441)).toMatchObject({
      refusal: { missing: [{ budget: { usdCents: 600, lacks: 300 } }] },
    })
  })

  test('stops at once when it is revoked, and stays so', async ({ table }) => {
    const { party } = await openStory(table)
    await make(party)
    expect((await revoke(party)).status).toBe(204)
    expect((await revoke(party)).status).toBe(204)
    expect(await list(party)).toEqual([])
    const { refusal } = await authorize(party, 'a1', 720)
    expect(refusal).toMatchObject({ code: 'BUDGET_EXHAUSTED', missing: [{ code: 'BUDGET_EXHAUSTED' }] })
    expect((await make(party)).status).toBe(201)
    expect(await list(party)).toEqual([])
  })

  test('is over at its end', async ({ table }) => {
    const { party, pass } = await openStory(table)
    await make(party, { endsAt: '2026-02-20T11:00:00Z' })
    pass(3_600)
    expect(await list(party)).toEqual([])
    expect(await authorize(party, 'a1', 720)).toMatchObject({ refusal: { code: 'BUDGET_EXHAUSTED' } })
  })

  test('is in the statement and in the activity', async ({ table }) => {
    const { party } = await openStory(table)
    await make(party)
    await revoke(party)
    const { entries } = (await party.call('listEntries', { query: { limit: '2' } })).body
    expect(entries).toMatchObject([
      { kind: 'budget-revoked', budgetId: 'b1', appId: 'viewer' },
      { kind: 'budget-made', ...content, budgetId: 'b1' },
    ])
    expect(JSON.stringify(entries)).not.toContain('keyHash')
    const { activity } = (await party.call('listActivity', { query: { limit: '100' } })).body
    const acts = activity as { kind: string }[]
    expect(acts.filter(({ kind }) => kind.startsWith('budget'))).toMatchObject([
      { kind: 'budget-revoked', targetId: 'b1' },
      { kind: 'budget-made', targetId: 'b1' },
    ])
  })

  test('is not made of a bad request, which names the field', async ({ table }) => {
    const { party } = await openStory(table)
    const wrong = [
      [{ appId: 'nobody' }, '/appId'],
      [{ endsAt: '2026-02-20T10:00:00Z' }, '/endsAt'],
      [{ endsAt: '2027-02-22T00:00:00Z' }, '/endsAt'],
      [{ usdCents: 5 }, ''],
      [{ tokens: 1.0001 }, '/tokens'],
      [{ every: 'week' }, '/every'],
      [{ name: ' ' }, '/name'],
    ] as const
    for (const [changes, pointer] of wrong)
      expect(await make(party, changes)).toMatchObject({ status: 400, body: { errors: [{ pointer }] } })
    expect(await list(party)).toEqual([])
  })
})
