import { expect } from 'vitest'
import type { Table } from '../../lambdas/store/table.ts'
import { UsageView } from '../../lambdas/store/usage-view.ts'
import { test } from '../support/fixtures.ts'
import { foundAcme, newParty, type Party } from '../support/party.ts'
import { allGroups } from '../support/usage-rows.ts'

const now = Date.parse('2026-02-20T10:00:00Z')
const jobs = 'model-derivative-complex-job'
const acad = 'automation-autocad'

async function found(table: Table): Promise<Party> {
  const party = await newParty(table, { now: () => now })
  await foundAcme(party)
  return party
}

async function use({ call }: Party, id: string, meter: string, quantity: number): Promise<void> {
  const event = { specversion: '1.0', type: 'aps.usage.v1', source: 'urn:test', id, subject: 'viewer' }
  await call('recordUsage', {
    body: [{ ...event, time: new Date(now).toISOString(), data: { meter, quantity } }],
  })
}

const reverse = ({ call }: Party, body: object) =>
  call('reverseUsage', { body: { reversalId: 'r1', reason: 'a mistake', ...body } })

/** Quantities of the usage view on a day, once the view has followed the journal. */
async function usedOn({ deps }: Party, day: string): Promise<readonly number[]> {
  const view = new UsageView(deps.table, deps.journal)
  const version = (await deps.operations.load('acme'))?.version ?? 0
  expect(await view.catchUp('acme', version)).toBe(true)
  const groups = await allGroups(deps.table, { teamId: 'acme', from: day, to: day, by: ['meter', 'app'] })
  return groups.filter(({ quantity }) => quantity > 0).map(({ quantity }) => quantity)
}

const authorize = async ({ call }: Party, authorizationId: string, meter: string, quantity: number) =>
  (await call('authorizeUsage', { body: { authorizationId, appId: 'viewer', meter, quantity } })).body

test('jobs reported by mistake on a free plan are taken back: app, usage and limit are right at once', async ({
  table,
}) => {
  const party = await found(table)
  await party.call('choosePlan', { body: { plan: 'free' } })
  const before = (await party.call('getBalance', {})).body
  await use(party, 'e1', jobs, 20)
  const reversed = await reverse(party, { source: 'urn:test', id: 'e1' })
  expect(reversed).toMatchObject({
    status: 201,
    body: { reversalId: 'r1', quantity: 20, status: 'reversed' },
  })
  expect((await party.call('getBalance', {})).body.free).toEqual(before.free)
  expect(await usedOn(party, '2026-02-20')).toEqual([])
})

test('a reversed authorization closes, and its tokens are back', async ({ table }) => {
  const party = await found(table)
  const before = (await party.call('getBalance', {})).body.flex
  await authorize(party, 'a1', acad, 1_440)
  await party.call('captureAuthorization', { params: { authorizationId: 'a1' }, body: { used: 720 } })
  expect(await reverse(party, { authorizationId: 'a1' })).toMatchObject({ status: 201, body: { tokens: 1 } })
  const after = (await party.call('getBalance', {})).body
  expect(after.flex).toEqual(before)
  expect(after.held).toEqual([])
  expect((await party.call('getAuthorization', { params: { authorizationId: 'a1' } })).body).toMatchObject({
    status: 'closed',
    closedBecause: 'reversed',
    held: 0,
  })
  expect(await authorize(party, 'a1', acad, 1_440)).toMatchObject({
    decision: 'deny',
    refusal: { code: 'AUTHORIZATION_CLOSED' },
  })
})

test('a preview of a reversal changes nothing', async ({ table }) => {
  const party = await found(table)
  await use(party, 'e1', acad, 720)
  const before = (await party.call('getBalance', {})).body
  const shown = await party.call('reverseUsage', {
    body: { reversalId: 'r1', source: 'urn:test', id: 'e1', reason: 'a mistake' },
    query: { preview: 'true' },
  })
  expect(shown).toMatchObject({ status: 200, body: { status: 'preview', tokens: 1 } })
  expect((await party.call('getBalance', {})).body).toEqual(before)
})

test('an operation is reversed once, and only under its team', async ({ table }) => {
  const party = await found(table)
  await use(party, 'e1', acad, 720)
  const event = { source: 'urn:test', id: 'e1' }
  const unknown = [{ source: 'urn:test', id: 'e9' }, { authorizationId: 'a9' }]
  for (const operation of unknown) expect((await reverse(party, operation)).status).toBe(404)
  const profile = { name: 'Bolt', country: 'US', paymentMethod: 'none', standing: 'good' }
  await party.call('registerTeam', { params: { teamId: 'bolt' }, body: profile })
  const foreign = { params: { teamId: 'bolt' }, body: { reversalId: 'r1', reason: 'x', ...event } }
  expect((await party.call('reverseUsage', foreign)).status).toBe(404)
  expect((await reverse(party, event)).status).toBe(201)
  expect((await reverse(party, { ...event, reversalId: 'r2' })).body.code).toBe('NOT_REVERSIBLE')
})

test('an instance that remembers the team from before a use takes it back', async ({ table }) => {
  const party = await found(table)
  await party.call('choosePlan', { body: { plan: 'paid', payAsYouGo: true } })
  await party.call('purchaseTokens', { body: { purchaseId: 'p', tokens: 100 } })
  const other = await newParty(table, { now: () => now })
  await use(other, 'tokens', acad, 200 * 720)
  await use(other, 'money', acad, 720)
  expect(await reverse(party, { source: 'urn:test', id: 'money' })).toMatchObject({
    status: 201,
    body: { quantity: 720, usdCents: 300 },
  })
})

test.for([
  { used: 720, usdCents: 300 },
  { used: 100, usdCents: 0 },
])(
  'a capture of $used that comes just after a preview has read the account is in the preview',
  async ({ used, usdCents }, { table }) => {
    const party = await found(table)
    const other = await newParty(table, { now: () => now })
    await party.call('choosePlan', { body: { plan: 'paid', payAsYouGo: true } })
    if (usdCents > 0) await use(party, 'tokens', acad, 100 * 720)
    await authorize(party, 'a1', acad, 720)
    const { reversals } = party.deps
    const find = reversals.find.bind(reversals)
    let isOvertaken = false
    reversals.find = async (...asked) => {
      if (!isOvertaken)
        await other.call('captureAuthorization', { params: { authorizationId: 'a1' }, body: { used } })
      isOvertaken = true
      return find(...asked)
    }
    const body = { reversalId: 'r1', reason: 'a mistake', authorizationId: 'a1' }
    const shown = await party.call('reverseUsage', { body, query: { preview: 'true' } })
    expect(isOvertaken).toBe(true)
    expect(shown).toMatchObject({ status: 200, body: { quantity: used, usdCents } })
  },
)

test('two reversals at once take the use back once', async ({ table }) => {
  const party = await found(table)
  const other = await newParty(table, { now: () => now })
  await use(party, 'e1', acad, 720)
  const event = { source: 'urn:test', id: 'e1' }
  const answers = await Promise.all([reverse(party, event), reverse(other, { ...event, reversalId: 'r2' })])
  expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409])
  const kinds = (await party.deps.journal.since('acme', 0, 100)).map(({ kind }) => kind)
  expect(kinds.filter((kind) => kind === 'reversal')).toHaveLength(1)
})
