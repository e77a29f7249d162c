import { join } from 'node:path'
import { expect } from 'vitest'
import { auditArchive } from '../../audit/archive.ts'
import { archiveLines } from '../../audit/archive-lines.ts'
import { auditTable } from '../../audit/table.ts'
import { putMember } from '../../core/account/members.ts'
import { DeliveryStore } from '../../lambdas/store/deliveries.ts'
import { DirectoryStore } from '../../lambdas/store/directory.ts'
import { toLine } from '../../lambdas/store/entry-line.ts'
import { EventCursor } from '../../lambdas/store/event-cursor.ts'
import { JournalStore } from '../../lambdas/store/journal.ts'
import { MemberStore } from '../../lambdas/store/members.ts'
import { NotificationStore } from '../../lambdas/store/notifications.ts'
import type { Table } from '../../lambdas/store/table.ts'
import { eraseArchived, eraseTeam } from '../../ops/erasing.ts'
import { readObjects, writeObject } from '../support/archived.ts'
import { test } from '../support/fixtures.ts'
import { itemsOf, operatingOn } from '../support/operating.ts'
import { foundAcme, newParty, type Party } from '../support/party.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

let table: Table
let party: Party
const now = Date.parse('2026-02-01T10:00:00Z')

/** A team in which every free text names Grace. */
test.beforeEach(async ({ table: fresh }) => {
  table = fresh
  party = await newParty(table, { now: () => now })
  await foundAcme(party)
  const profile = { name: 'Grace & Co', country: 'US', paymentMethod: 'credit-card', standing: 'good' }
  await party.call('registerTeam', { body: profile })
  await party.call('registerApp', { body: { teamId: 'acme', name: 'Viewer of Grace' } })
  await party.call('createHub', { body: { name: 'Hub of Grace' } })
  await party.call('adjustTeam', { body: adjustment })
  await party.call('suspendTeam', { body: { reason: 'Grace has asked for it' } })
  const member = { memberId: 'm-1', email: 'grace@example.com', role: 'admin', since: now } as const
  await new MemberStore(table).change('acme', (members) => putMember(members, member))
  const claims = { scope: 'hub:read hub:write', sub: 'subject-1', person: 'grace@example.com' }
  await party.call('acceptMembership', { claims })
  await new NotificationStore(table).change('acme', (before) => ({
    ...before,
    emails: ['grace@example.com'],
    webhooks: [{ webhookId: 'wh-1', url: 'https://grace.example.com', secret: { key: '1', number: 1 } }],
  }))
  const detail = { id: 'acme.9.0', teamId: 'acme', reason: 'Grace has asked for it' }
  const delivery = {
    teamId: 'acme',
    deliveryId: '000000009.000.email',
    eventId: 'acme.9.0',
    endpointId: 'email',
  }
  await new DeliveryStore(table).add(
    { ...delivery, type: 'TeamSuspended', detail, status: 'pending', tries: 0, attempts: [] } as never,
    now,
  )
  const account = await party.deps.operations.load('acme')
  if (account !== undefined) await new EventCursor(table).move(0, account)
  await new DirectoryStore(table).refresh('acme')
})
const adjustment = { adjustmentId: 'a-1', reason: 'Grace was unhappy', tokens: 100 }

const erase = (apply: boolean) => eraseTeam(operatingOn(table, now).operating, { team: 'acme', apply })
const named = async () => (await itemsOf(table)).filter((item) => /grace/i.test(item))

test('no stored text names the person', async () => {
  expect((await named()).length).toBeGreaterThanOrEqual(10)
  await erase(true)
  expect(await named()).toEqual([])
  expect((await itemsOf(table)).filter((item) => /"(MEMBER|DELIVERY|PERSON)#/.test(item))).toEqual([])
})

test('the audit is clean, and no amount has changed', async () => {
  const amounts = async () => {
    const { version, at, suspendedBecause, ...rest } = (await party.deps.operations.load('acme')) ?? {}
    return rest
  }
  const before = await amounts()
  await erase(true)
  expect(await amounts()).toEqual(before)
  expect(await auditTable(table)).toMatchObject({ differences: 0 })
})

test('the erasure is an entry, and the team stays suspended', async () => {
  await erase(true)
  const [newest] = await new JournalStore(table).newest('acme', Number.MAX_SAFE_INTEGER, 1)
  expect(newest?.kind).toBe('personal-data-erased')
  expect((await party.deps.operations.load('acme'))?.suspendedBecause).toBe('[erased]')
})

test('without --apply it counts the data and writes nothing', async () => {
  const before = await itemsOf(table)
  expect(await erase(false)).toEqual({
    entries: 4,
    names: 2,
    documentNames: 2,
    apps: 1,
    members: 1,
    addresses: 2,
    deliveries: 1,
    acts: 4,
  })
  expect(await itemsOf(table)).toEqual(before)
})

test('the name of a key is erased where the statement has it as an actor', async () => {
  await party.call('registerApp', { body: { teamId: 'acme', name: 'Viewer' } })
  const budget = { budgetId: 'b1', name: 'Agent of Grace', appId: 'viewer', every: 'day', tokens: 1 }
  await party.call('makeBudget', { body: { ...budget, endsAt: '2026-02-20T00:00:00Z' } })
  const claims = { scope: 'hub:read hub:write', sub: 'budget:b1', team: 'acme', role: 'admin' }
  await party.call('createHub', { claims, body: { name: 'Another hub' } })
  const actors = async () => {
    const { entries } = (await party.call('listEntries', { query: {} })).body
    return (entries as { actor?: object }[]).map(({ actor }) => actor)
  }
  const ofKey = { subject: 'budget:b1' }
  expect(await actors()).toContainEqual({ ...ofKey, name: 'Agent of Grace' })
  await erase(true)
  expect(await actors()).toContainEqual({ ...ofKey, name: '[erased]' })
})

test('a second run finds nothing to erase', async () => {
  await erase(true)
  expect(Object.values(await erase(true))).toEqual([0, 0, 0, 0, 0, 0, 0, 0])
  expect(await auditTable(table)).toMatchObject({ differences: 0 })
})

test('a function that remembers the old account does not restore the reason', async () => {
  await erase(true)
  await party.call('purchaseTokens', { body: { purchaseId: 'later', tokens: 100 } })
  expect(await named()).toEqual([])
  expect(await auditTable(table)).toMatchObject({ differences: 0 })
})

test('a repeated adjustment is still recognized', async () => {
  await erase(true)
  expect(await party.call('adjustTeam', { body: adjustment })).toMatchObject({ status: 201 })
  const other = await party.call('adjustTeam', { body: { ...adjustment, tokens: 200 } })
  expect(other.body.code).toBe('IDEMPOTENCY_CONFLICT')
})

/** The journal as archived before the erasure, and a line of another team. */
async function archived() {
  const entries = await new JournalStore(table).since('acme', 0, 1_000)
  const folder = temporaryFolder()
  const other = toLine({ teamId: 'globex', version: 1, at: 1, kind: 'hub-named', name: 'Hub of Grace too' })
  writeObject(join(folder, 'day=2026-02-01'), 'a', [...entries.map(toLine), other])
  writeObject(join(folder, 'day=2026-02-01'), 'b', [other])
  return folder
}

test('archived lines of the team lose their free text, and all others stay', async () => {
  const folder = await archived()
  await erase(true)
  const { operating, lines } = operatingOn(table)
  const before = readObjects(folder)
  expect(await eraseArchived(operating, { team: 'acme', where: folder })).toBe(1)
  expect(readObjects(folder)).toEqual(before)
  expect(lines[0]).toBe(`${join('day=2026-02-01', 'a.ndjson.gz')}: 4 lines`)
  await eraseArchived(operating, { team: 'acme', where: folder, apply: true })
  const after = readObjects(folder)
  expect(after.filter(({ line }) => /grace/i.test(line)).map(({ line }) => JSON.parse(line).teamId)).toEqual([
    'globex',
    'globex',
  ])
  expect(after.filter(({ line }, index) => line !== before[index]?.line)).toHaveLength(4)
})

test('the archive proves the account before and after the erasure', async () => {
  const folder = await archived()
  await erase(true)
  const wrong: string[] = []
  const audit = () => auditArchive(table, archiveLines(folder), { onDifference: (line) => wrong.push(line) })
  await audit()
  await eraseArchived(operatingOn(table).operating, { team: 'acme', where: folder, apply: true })
  await audit()
  expect(wrong.filter((line) => line.startsWith('acme'))).toEqual([])
})
