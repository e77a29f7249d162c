import { expect } from 'vitest'
import { auditTable } from '../../audit/table.ts'
import { test } from '../support/fixtures.ts'
import { foundAcme, newParty, type Party } from '../support/party.ts'

/* A warm function decides on what it remembers while another one has gone on: the decision must be that of now. */

let warm: Party
let other: Party
let asked = 0
const clock = { now: () => Date.parse('2026-02-20T10:00:00Z') }
/** 720 seconds are a unit, and a unit is a token. */
const unit = 720

/** Both instances remember the account of a team with 100 tokens. */
test.beforeEach(async ({ engine }) => {
  const table = await engine.newTable()
  ;[warm, other] = [await newParty(table, clock), await newParty(table, clock)]
  await foundAcme(warm)
  for (const party of [warm, other, warm]) expect(await decision(party, 1)).toBe('allow')
})

async function decision(party: Party, units: number): Promise<unknown> {
  asked += 1
  const ask = { appId: 'viewer', meter: 'automation-autocad', quantity: units * unit }
  const { body } = await party.call('authorizeUsage', { body: { ...ask, authorizationId: `a${asked}` } })
  return body.decision === 'deny' ? (body.refusal as { code: string }).code : body.decision
}

async function expectClean(): Promise<void> {
  const wrong: string[] = []
  await auditTable(warm.deps.table, { onDifference: (line) => wrong.push(line) })
  expect(wrong).toEqual([])
}

test('a refused team is allowed as soon as another function has sold tokens', async () => {
  expect(await decision(warm, 150)).toBe('TOKENS_EXHAUSTED')
  await other.call('purchaseTokens', { body: { purchaseId: 'more', tokens: 100 } })
  expect(await decision(warm, 150)).toBe('allow')
  await expectClean()
})

test('a function that remembers tokens that another function has promised promises none of them', async () => {
  expect(await decision(other, 97)).toBe('allow')
  expect(await decision(warm, 1)).toBe('TOKENS_EXHAUSTED')
  await expectClean()
})

test('a function that remembers a team that another function has suspended allows nothing', async () => {
  await other.call('suspendTeam', { body: { reason: 'abuse' } })
  expect(await decision(warm, 1)).toBe('TEAM_SUSPENDED')
  await other.call('resumeTeam', {})
  expect(await decision(warm, 1)).toBe('allow')
  await expectClean()
})
