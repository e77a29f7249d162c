import { expect } from 'vitest'
import { auditArchive } from '../../audit/archive.ts'
import { archiveLines } from '../../audit/archive-lines.ts'
import { auditTable } from '../../audit/table.ts'
import { loadSnapshot } from '../../lambdas/store/account-snapshot.ts'
import { toLine } from '../../lambdas/store/entry-line.ts'
import { EventCursor } from '../../lambdas/store/event-cursor.ts'
import { JournalStore } from '../../lambdas/store/journal.ts'
import { baseKey, eventKey, usageCursorKey } from '../../lambdas/store/keys.ts'
import { getItem, type Table } from '../../lambdas/store/table.ts'
import { replayEvents } from '../../ops/events.ts'
import { Retirement } from '../../ops/retirement.ts'
import { retireEntries } from '../../ops/retiring.ts'
import { rebuildViews } from '../../ops/views.ts'
import { archiverOf, rememberingStream, ring, writeObject } from '../support/archived.ts'
import { test } from '../support/fixtures.ts'
import { itemsOf, operatingOn } from '../support/operating.ts'
import { newParty } from '../support/party.ts'
import { eventfulWorld, storeWorld } from '../support/stored-world.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

let table: Table
const world = eventfulWorld()
const { version } = world.account
const now = Date.parse('2028-06-01T00:00:00Z')
const day = (at: number) => new Date(at).toISOString().slice(0, 10)
const archive = temporaryFolder()
/** An instant after all entries. */
const allBefore = '2027-01-01'

test.beforeAll(() => {
  writeObject(archive, 'all', world.entries.map(toLine))
})

/** A table whose followers have all reached the end. */
test.beforeEach(async ({ table: fresh }) => {
  table = fresh
  await storeWorld(table, world)
  await ring(table, 'acme', version)
  await new EventCursor(table).move(0, world.account)
  await archiverOf(table, rememberingStream().stream).run()
})

const retire = (before: string, apply = true, where = archive) =>
  retireEntries(operatingOn(table, now).operating, { team: 'acme', before, archive: where, apply })
const events = (before = allBefore) =>
  world.entries.filter(({ kind, at }) => kind === 'usage' && at < Date.parse(before))
const differences = async () => {
  const lines: string[] = []
  await auditTable(table, { onDifference: (line) => lines.push(line) })
  return lines
}
const inJournal = () => new JournalStore(table).since('acme', 0, 1_000)

test('old usage events keep their keys, and all other entries stay whole', async () => {
  expect(await retire(allBefore)).toBe(events().length)
  expect((await inJournal()).map(({ version: one }) => one)).toEqual(
    world.entries.filter(({ kind }) => kind !== 'usage').map(({ version: one }) => one),
  )
  const [first] = events()
  if (first?.kind !== 'usage') throw new Error('no event')
  const left = await getItem(table, eventKey(first.source, first.id))
  expect(left).toEqual({
    ...eventKey(first.source, first.id),
    kind: 'retired',
    ofTeam: 'acme',
    ofVersion: first.version,
    contentHash: expect.stringMatching(/^[\w-]{22}$/),
  })
})

test('the audit is clean at every cut of the journal, and folds the same account', async () => {
  const days = [...new Set(world.entries.map(({ at }) => day(at + 86_400_000)))]
  expect(days.length).toBeGreaterThan(4)
  for (const before of days) {
    await retire(before)
    expect(await differences()).toEqual([])
  }
  expect(await loadSnapshot(table, baseKey('acme'))).toEqual(world.account)
})

test('with the archive the whole journal is proven from its first entry on', async () => {
  await retire(allBefore)
  expect(await auditArchive(table, archiveLines(archive))).toMatchObject({
    entries: version,
    unarchived: 0,
    differences: 0,
  })
})

test('a changed base is a difference', async () => {
  await retire('2026-02-01')
  await table.send('UpdateItem', {
    TableName: table.tableName,
    Key: baseKey('acme'),
    UpdateExpression: 'SET creditUsdCents = :more',
    ExpressionAttributeValues: { ':more': 5 },
  })
  expect(await differences()).toEqual(
    ['acme: /creditUsdCents is absent, by its journal 5'].map(() => expect.any(String)),
  )
})

test('a retired event is permanently a duplicate: in time, too late, and among others', async () => {
  await retire(allBefore)
  const [first] = events()
  if (first?.kind !== 'usage') throw new Error('no event')
  let clock = now
  const party = await newParty(table, { now: () => clock })
  const profile = { name: 'Acme', country: 'US', paymentMethod: 'credit-card', standing: 'good' }
  await party.call('registerTeam', { body: profile })
  await party.call('registerApp', { params: { appId: 'app' }, body: { teamId: 'acme', name: 'App' } })
  const { meter, quantity } = first.usage
  const sent = (changes: object = {}, data: object = {}) => ({
    specversion: '1.0',
    type: 'aps.usage.v1',
    source: first.source,
    id: first.id,
    subject: 'app',
    time: new Date(first.time).toISOString(),
    data: { meter, quantity, ...data },
    ...changes,
  })
  const send = async (...body: object[]) => {
    const answer = await party.call('recordUsage', { body })
    const results = answer.body.results as { status: string; problem?: { code: string } }[]
    return results.map(({ status, problem }) => problem?.code ?? status)
  }
  const conflict = 'IDEMPOTENCY_CONFLICT'
  const late = sent({ id: 'fresh', time: new Date(now).toISOString() })
  expect(await send(sent())).toEqual(['duplicate'])
  expect(await send(sent({}, { quantity: quantity + 1 }))).toEqual([conflict])
  expect(await send(sent(), late, sent({ time: new Date(now).toISOString() }))).toEqual([
    'duplicate',
    'recorded',
    conflict,
  ])
  // A clock that is back at the event's own time: nothing but the key itself stops it from being recorded again.
  clock = first.time
  expect(await send(sent(), sent({}, { meter: 'model-derivative-simple-job' }))).toEqual([
    'duplicate',
    conflict,
  ])
  expect(await send(sent({}, { quantity: quantity + 1 }), sent())).toEqual([conflict, 'duplicate'])
  expect(await differences()).toEqual([])
})

test('entries that are missing or different in the archive stay', async () => {
  const [partial, forged] = [temporaryFolder(), temporaryFolder()]
  writeObject(partial, 'some', world.entries.slice(0, 5).map(toLine))
  writeObject(
    forged,
    'all',
    world.entries.map((entry) => toLine({ ...entry, at: entry.at + 1 })),
  )
  const before = await itemsOf(table)
  await expect(retire(allBefore, true, partial)).rejects.toThrow('entry 6 is not in the archive')
  await expect(retire(allBefore, true, forged)).rejects.toThrow('entry 1 is not what the archive has')
  expect(await itemsOf(table)).toEqual(before)
})

test('entries that a follower has not seen stay', async ({ engine }) => {
  table = await engine.newTable()
  await storeWorld(table, world, { to: 12 })
  await ring(table, 'acme', 12)
  await storeWorld(table, world, { from: 12 })
  await new EventCursor(table).move(0, world.account)
  await archiverOf(table, rememberingStream().stream).run()
  await retire(allBefore)
  expect((await loadSnapshot(table, baseKey('acme')))?.version).toBe(12)
})

test('young entries always stay', async () => {
  await expect(retire('2027-06-01')).rejects.toThrow('Entries stay for 400 days at least.')
  await expect(retire('soon')).rejects.toThrow('--before must be a day such as 2024-01-01, not soon.')
})

test('an interrupted retirement leaves the audit clean, and can continue', async () => {
  const retirement = new Retirement(table)
  let proven = 0
  const killed = () => {
    proven += 1
    if (proven > version + 3) throw new Error('killed')
  }
  await expect(retirement.run('acme', Date.parse(allBefore), killed)).rejects.toThrow('killed')
  expect((await inJournal()).length).toBe(version - 3)
  expect(await differences()).toEqual([])
  expect(await retire(allBefore)).toBe(events().length - 3)
  expect(await differences()).toEqual([])
})

test('without --apply it prints the count, and writes nothing', async () => {
  const before = await itemsOf(table)
  expect(await retire(allBefore, false)).toBe(events().length)
  expect(await itemsOf(table)).toEqual(before)
})

test('events of later entries can still be replayed; a view cannot be rebuilt, and stays unchanged', async () => {
  const { operating } = operatingOn(table, now)
  const from = world.entries.filter(({ at }) => at < Date.parse('2026-03-01')).length + 1
  const whole = await replayEvents(operating, { team: 'acme', from })
  await retire('2026-03-01')
  expect(await replayEvents(operating, { team: 'acme', from })).toBe(whole)
  const cursor = await getItem(table, usageCursorKey('acme'))
  await expect(rebuildViews(operating, { team: 'acme', apply: true })).rejects.toThrow(
    'the journal of acme lacks entry',
  )
  expect(await getItem(table, usageCursorKey('acme'))).toEqual(cursor)
})
