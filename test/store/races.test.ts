import { expect } from 'vitest'
import { auditTable } from '../../audit/table.ts'
import type { Table } from '../../lambdas/store/table.ts'
import { patiently } from '../support/asking-again.ts'
import { test } from '../support/fixtures.ts'
import { foundAcme, newParty, type Party } from '../support/party.ts'

/*
 * Several function instances that share nothing but the table, each with its own memory of the account: every request
 * decides on its own, and only the conditions of the transactions stand between them.
 */

const partyCount = 8
let table: Table
let now: number
let parties: Party[]

test.beforeEach(async ({ table: fresh }) => {
  table = fresh
  now = Date.parse('2026-02-20T10:00:00Z')
  parties = []
  for (let n = 0; n < partyCount; n++) parties.push(patiently(await newParty(table, { now: () => now })))
  await foundAcme(party(0))
})

const party = (n: number): Party => {
  const found = parties[n % partyCount]
  if (found === undefined) throw new Error('no party')
  return found
}

/** Sends `count` requests at once, each to the next instance. */
const atOnce = <T>(count: number, ask: (party: Party, n: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, n) => ask(party(n), n)))

const authorization = (id: string, quantity = 1_440) => ({
  body: { authorizationId: id, appId: 'viewer', meter: 'automation-autocad', quantity },
})

async function kindsOf(): Promise<Record<string, number>> {
  const entries = await party(0).deps.journal.since('acme', 0, 1_000)
  const kinds: Record<string, number> = {}
  for (const { kind } of entries) kinds[kind] = (kinds[kind] ?? 0) + 1
  return kinds
}

async function expectClean(): Promise<void> {
  const lines: string[] = []
  await auditTable(table, { onDifference: (line) => lines.push(line) })
  expect(lines).toEqual([])
}

test('64 authorizations at once, with backing for 50: exactly 50 are allowed', async () => {
  const answers = await atOnce(64, (party, n) => party.call('authorizeUsage', authorization(`a${n}`)))
  expect(answers.map(({ status }) => status)).toEqual(Array(64).fill(200))
  const denied = answers.flatMap(({ body }) =>
    body.refusal ? [(body.refusal as { code: string }).code] : [],
  )
  expect(denied).toEqual(Array(14).fill('TOKENS_EXHAUSTED'))
  expect(await kindsOf()).toMatchObject({ authorization: 50 })
  await expectClean()
})

test('the same authorization sent 20 times at once: one entry, 20 equal answers', async () => {
  const answers = await atOnce(20, (party) => party.call('authorizeUsage', authorization('same')))
  expect(answers).toEqual(Array(20).fill(answers[0]))
  expect(answers[0]).toMatchObject({ status: 200, body: { decision: 'allow' } })
  expect(await kindsOf()).toMatchObject({ authorization: 1 })
  await expectClean()
})

test('one id with two bodies at once: one is allowed, the other is a conflict', async () => {
  const answers = await atOnce(16, (party, n) =>
    party.call('authorizeUsage', authorization('same', 720 + (n % 2))),
  )
  const statuses = answers.map(({ status }) => status)
  const winner = statuses[0] === 200 ? 0 : 1
  expect(statuses).toEqual(Array.from({ length: 16 }, (_, n) => (n % 2 === winner ? 200 : 409)))
  expect(await kindsOf()).toMatchObject({ authorization: 1 })
})

test('captures of one authorization at once, in any order: the largest counts, every unit is charged once', async () => {
  await party(0).call('authorizeUsage', authorization('a', 20 * 720))
  const captures = await atOnce(16, (party, n) =>
    party.call('captureAuthorization', {
      params: { authorizationId: 'a' },
      body: { used: (1 + ((n * 7) % 16)) * 720 },
    }),
  )
  expect(captures.every(({ status }) => status === 200)).toBe(true)
  const charged = captures.flatMap(({ body }) => body.charges as { tokens: number }[])
  expect(charged.reduce((sum, charge) => sum + charge.tokens, 0)).toBe(16)
  await expectClean()
  const account = await party(0).deps.operations.load('acme')
  expect(account?.lots[0]?.remaining).toBe(84_000)
})

test('a capture, its repetitions and a void at once give back what is left exactly once', async () => {
  await party(0).call('authorizeUsage', authorization('a', 20 * 720))
  const answers = await atOnce(16, (party, n) => {
    const params = { authorizationId: 'a' }
    if (n % 4 === 3) return party.call('voidAuthorization', { params })
    return party.call('captureAuthorization', { params, body: { used: 7_200, final: n % 4 === 1 } })
  })
  expect(answers.filter(({ status }) => status >= 300)).toEqual([])
  const account = await party(0).deps.operations.load('acme')
  expect(account?.lots[0]?.remaining).toBe(90_000)
  expect(account?.meters['automation-autocad']?.paid ?? []).toEqual([])
  await expectClean()
})

test('the same purchase 10 times at once is made once', async () => {
  const body = { purchaseId: 'p', tokens: 200 }
  const answers = await atOnce(10, (party) => party.call('purchaseTokens', { body }))
  expect(answers).toEqual(Array(10).fill(answers[0]))
  expect(answers[0]).toMatchObject({ status: 201, body: { status: 'granted' } })
  expect(await kindsOf()).toMatchObject({ purchase: 2, 'lot-granted': 2 })
  await expectClean()
})

test('batches with overlapping events at once: each event is recorded once', async () => {
  const usage = (n: number) => ({
    specversion: '1.0',
    type: 'aps.usage.v1',
    source: 'urn:test',
    id: `e${n}`,
    time: new Date(now).toISOString(),
    subject: 'viewer',
    data: { meter: 'automation-autocad', quantity: 100 },
  })
  const batch = (n: number) => Array.from({ length: 60 }, (_, index) => usage((n * 10 + index) % 100))
  const answers = await atOnce(10, (party, n) =>
    party.call('recordUsage', {
      body: batch(n),
      headers: { 'content-type': 'application/cloudevents-batch+json' },
    }),
  )
  const results = answers.flatMap(({ body }) => body.results as { id: string; status: string }[])
  const recorded = results.filter(({ status }) => status === 'recorded').map(({ id }) => id)
  expect(new Set(recorded).size).toBe(100)
  expect(recorded.length).toBe(100)
  expect(results.filter(({ status }) => status === 'duplicate').length).toBe(500)
  expect(await kindsOf()).toMatchObject({ usage: 100 })
  await expectClean()
})

/** Every instance remembers February's last instant; then March begins, and the first instance writes down that it has. */
async function turnMonth(): Promise<void> {
  await party(0).call('choosePlan', { body: { plan: 'free' } })
  for (const one of parties) await one.deps.operations.load('acme')
  now = Date.parse('2026-03-01T00:00:00Z')
  await party(0).call('authorizeUsage', authorization('march', 1))
  expect(await kindsOf()).toMatchObject({ 'period-started': 1 })
}

test('an instance that learns late of a new month does not take its entry for the purchase asked of it', async () => {
  await turnMonth()
  const answer = await party(1).call('purchaseTokens', { body: { purchaseId: 'p', tokens: 100 } })
  expect(answer).toMatchObject({ status: 201, body: { status: 'granted' } })
  await expectClean()
})

test('an instance that learns late of a new month does not take its entry for a payment that is reported to it', async () => {
  const bank = patiently(await newParty(table, { now: () => now }, 'bus'))
  await bank.call('purchaseTokens', { body: { purchaseId: 'p', tokens: 100 } })
  parties.push(bank)
  await turnMonth()
  const payment = { paymentId: 'x', invoiceOrPurchaseId: 'acme~p', status: 'settled' }
  expect(await bank.call('reportPayment', { body: payment })).toMatchObject({ status: 200 })
  expect(await kindsOf()).toMatchObject({ purchase: 2, 'lot-granted': 2 })
  await expectClean()
})

test('many operations at the first instant of a month: it starts once, and each is done', async () => {
  await party(0).call('choosePlan', { body: { plan: 'free' } })
  for (const one of parties) await one.deps.operations.load('acme')
  now = Date.parse('2026-03-01T00:00:00Z')
  const answers = await atOnce(24, (party, n) => {
    const id = `x${n % 6}`
    if (n % 3 === 0) return party.call('purchaseTokens', { body: { purchaseId: id, tokens: 100 } })
    if (n % 3 === 1)
      return party.call('adjustTeam', { body: { adjustmentId: id, tokens: 5, reason: 'sorry' } })
    return party.call('authorizeUsage', authorization(id, 720))
  })
  expect(answers.filter(({ status }) => status >= 300)).toEqual([])
  expect(await kindsOf()).toMatchObject({
    'period-started': 1,
    purchase: 3,
    adjustment: 2,
    authorization: 2,
  })
  await expectClean()
})

test('an app that is renamed while it moves into the hub stays there', async () => {
  const appIds = Array.from({ length: 8 }, (_, n) => `app-${n}`)
  for (const appId of appIds)
    await party(0).call('registerApp', { params: { appId }, body: { teamId: 'acme', name: 'Before' } })
  const answers = await atOnce(16, (party, n) => {
    const appId = `app-${n % 8}`
    if (n < 8) return party.call('moveApps', { body: { appIds: [appId] } })
    return party.call('registerApp', { params: { appId }, body: { teamId: 'acme', name: `After ${n}` } })
  })
  expect(answers.filter(({ status }) => status >= 300)).toEqual([])
  const apps = await party(0).deps.apps.ofTeam('acme')
  expect(apps.filter((app) => !app.isInHub)).toEqual([])
})

test('an app that is renamed twice has its second name, also where a function remembers its first', async () => {
  const rename = (name: string) => party(0).call('registerApp', { body: { teamId: 'acme', name } })
  for (const name of ['Viewer', 'Other', 'Viewer']) expect(await rename(name)).toMatchObject({ status: 200 })
  expect(await party(1).deps.apps.ofTeam('acme')).toMatchObject([{ appId: 'viewer', name: 'Viewer' }])
})

test('a payment that another one overtakes is kept, and the lot is granted once', async () => {
  const waiting = patiently(await newParty(table, { now: () => now }, 'bus'))
  await waiting.call('purchaseTokens', { body: { purchaseId: 'twice', tokens: 100 } })
  const pay = (payer: Party, paymentId: string) =>
    payer.call('reportPayment', {
      body: { paymentId, invoiceOrPurchaseId: 'acme~twice', status: 'settled' },
    })
  const { journal } = party(0).deps
  const find = journal.find.bind(journal)
  let isOvertaken = false
  // The other payment settles right after this one has seen that there is no lot yet.
  journal.find = async (key, kind) => {
    const found = await find(key, kind)
    if (kind === 'lot-granted' && !isOvertaken) {
      isOvertaken = true
      await pay(party(1), 'first')
    }
    return found
  }
  expect((await pay(party(0), 'second')).status).toBe(200)
  expect(await kindsOf()).toMatchObject({ payment: 2, 'lot-granted': 2 })
  await expectClean()
})
