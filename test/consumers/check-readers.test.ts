import { expect } from 'vitest'
import { nextDueAt } from '../../core/advance.ts'
import { dayMs, hourMs, minuteMs } from '../../core/time/time.ts'
import { metrics } from '../../lambdas/runtime/metrics.ts'
import { EventCursor } from '../../lambdas/store/event-cursor.ts'
import { ageOf, lagsOf, recentTeams } from '../../lambdas/store/followers.ts'
import { JournalStore } from '../../lambdas/store/journal.ts'
import { dueShard } from '../../lambdas/store/keys.ts'
import { openTable } from '../../lambdas/store/sdk-table.ts'
import type { Table } from '../../lambdas/store/table.ts'
import { archiverOf, rememberingStream, ring } from '../support/archived.ts'
import { everyScope } from '../support/ask.ts'
import { test } from '../support/fixtures.ts'
import { type MetricWatch, watchMetrics } from '../support/metric-watch.ts'
import { foundAcme, newParty, type Party } from '../support/party.ts'

/* A reader of the stream that is disabled says nothing. What it leaves behind is seen, on the real engine, by a clock. */

const start = Date.parse('2026-01-15T10:00:00Z')
let table: Table
let party: Party
let watch: MetricWatch
let now = start

test.beforeEach(async ({ table: fresh }) => {
  now = start
  table = fresh
  party = await newParty(table, { now: () => now })
  // Counts of an earlier test belong to that test.
  metrics.flush()
  watch = watchMetrics()
})

/** A team with tokens: what it buys falls due when it expires. */
async function found(teamId: string): Promise<void> {
  const profile = { name: 'Team', country: 'US', paymentMethod: 'credit-card', standing: 'good' }
  await call(teamId, 'registerTeam', profile)
  await call(teamId, 'choosePlan', { plan: 'paid' })
  await call(teamId, 'purchaseTokens', { purchaseId: 'first', tokens: 100 })
}

async function call(teamId: string, operationId: string, body: object): Promise<void> {
  const claims = { ...everyScope, team: teamId }
  const { status, body: answer } = await party.call(operationId, { body, params: { teamId }, claims })
  if (status >= 300) throw new Error(`${operationId}: ${status} ${JSON.stringify(answer)}`)
}

const change = (teamId: string, plan: 'paid' | 'free') => call(teamId, 'choosePlan', { plan })

async function check() {
  const { checkReaders } = await import('../../lambdas/consumers/check-readers.ts')
  return checkReaders(party.deps)
}

async function versionOf(teamId: string): Promise<number> {
  return (await party.deps.operations.load(teamId))?.version ?? 0
}

/** The usage view reads all, which marks the team for the archive. */
const readUsage = async (teamId: string) => ring(table, teamId, await versionOf(teamId))

async function readEvents(teamId: string): Promise<void> {
  const cursor = new EventCursor(table)
  const account = await party.deps.operations.load(teamId)
  if (account === undefined || !(await cursor.move((await cursor.load(teamId)).version, account)))
    throw new Error(`the events of ${teamId} did not move`)
}

const archive = () => archiverOf(table, rememberingStream().stream).run()

async function readAll(teamId: string): Promise<void> {
  await readUsage(teamId)
  await readEvents(teamId)
  await archive()
}

test('the lag of a reader that has read everything is counted, as zero', async () => {
  await found('acme')
  await readAll('acme')
  now += 2 * hourMs
  expect(await check()).toEqual({ teams: 1, lagMs: { 'usage-view': 0, events: 0, archive: 0 } })
  watch.flush()
  for (const Consumer of ['usage-view', 'events', 'archive'])
    expect(watch.lines.some(({ values }) => values.Consumer === Consumer && values.ReaderLag === 0)).toBe(
      true,
    )
})

test('without any team a run counts all the same: its silence would be an alarm', async () => {
  expect(await check()).toEqual({ teams: 0, lagMs: { 'usage-view': 0, events: 0, archive: 0 } })
  watch.flush()
  expect(watch.has('ReaderLag')).toBe(true)
})

test('a mapping of the usage view that is disabled is seen, by the age of what it left', async () => {
  await found('acme')
  await readAll('acme')
  now += hourMs
  await change('acme', 'free')
  await readEvents('acme')
  now += 40 * minuteMs
  expect((await check()).lagMs).toEqual({ 'usage-view': 40 * minuteMs, events: 0, archive: 40 * minuteMs })
  watch.flush()
  expect(watch.total('ReaderLag', { Consumer: 'usage-view' })).toBe(40 * minuteMs)
})

test('a publisher that may not read the stream is seen, also while its team works on', async () => {
  await found('acme')
  for (let step = 0; step < 6; step++) {
    now += 10 * minuteMs
    await change('acme', step % 2 === 0 ? 'free' : 'paid')
    await readUsage('acme')
    await archive()
  }
  expect((await check()).lagMs).toEqual({ 'usage-view': 0, events: hourMs, archive: 0 })
})

test('an archive that does not run is seen by its marks, also of teams on which nothing falls due for weeks', async () => {
  await found('acme')
  await readUsage('acme')
  await readEvents('acme')
  now += 3 * dayMs
  const { lagMs } = await check()
  expect(lagMs).toEqual({ 'usage-view': 0, events: 0, archive: 3 * dayMs })
})

const sameShard = (teamId: string) =>
  Array.from({ length: 900 }, (_, n) => `team-${n}`).filter(
    (candidate) => dueShard(candidate) === dueShard(teamId),
  )

async function firstDueAt(teamId: string): Promise<number> {
  const account = await party.deps.operations.load(teamId)
  const dueAt = account && nextDueAt(account)
  if (dueAt === undefined) throw new Error('nothing falls due')
  return dueAt
}

test('teams are looked at that fell due within the hour or fall due next, and none that wait for a sweep', async () => {
  await found('acme')
  const dueAt = await firstDueAt('acme')
  expect(await recentTeams(table, now, 1)).toEqual(['acme'])
  expect(await recentTeams(table, dueAt + 59 * minuteMs, 1)).toEqual(['acme'])
  expect(await recentTeams(table, dueAt + 61 * minuteMs, 1)).toEqual([])
})

test('a team whose month has something to turn is looked at, behind others that fall due before', async () => {
  const [earlier = ''] = sameShard('acme')
  await found(earlier)
  // The first notice that its tokens will expire.
  now = (await firstDueAt(earlier)) - dayMs
  await foundAcme(party)
  expect(await recentTeams(table, now, 1)).toEqual([earlier])
  await call('acme', 'choosePlan', { plan: 'paid', payAsYouGo: true })
  // A unit more than its tokens pay.
  const quantity = 101 * 720
  const ask = { authorizationId: 'a1', appId: 'viewer', meter: 'automation-autocad', quantity }
  expect((await party.call('authorizeUsage', { body: ask })).status).toBe(200)
  const capture = { body: { used: quantity, final: true }, params: { authorizationId: 'a1' } }
  expect((await party.call('captureAuthorization', capture)).status).toBe(200)
  expect(await recentTeams(table, now, 1)).toEqual([earlier, 'acme'])
})

test('a run reads a bounded part of many teams, and finds a reader that has stopped all the same', async () => {
  const alike = sameShard('acme')
  expect(alike.length).toBeGreaterThan(40)
  for (const teamId of alike) await found(teamId)
  now += 2 * hourMs
  const sent: string[] = []
  const counted: Table = {
    ...table,
    send: (name, input) => {
      sent.push(name)
      return table.send(name, input)
    },
  }
  const deps = { ...party.deps, table: counted, journal: new JournalStore(counted) }
  const { checkReaders } = await import('../../lambdas/consumers/check-readers.ts')
  expect(await checkReaders(deps)).toMatchObject({ teams: 5, lagMs: { events: 2 * hourMs } })
  const count = (name: string) => sent.filter((request) => request.startsWith(name)).length
  // Three queries of 16 shards and one batch; and of five teams what each of three readers has not read.
  expect([count('Query'), count('BatchGet')]).toEqual([48 + 15, 1])
})

test('a change that the index of the journal does not show yet is of this moment, and no lag', async () => {
  const lag = { follower: 'events', teamId: 'acme', cursor: 7, version: 8 } as const
  expect(await ageOf(party.deps.journal, lag, now)).toBeUndefined()
})

test('a view that a rebuild has halted is not taken for one that is behind', async () => {
  const { haltedVersion } = await import('../../lambdas/store/usage-cursor.ts')
  const { usageCursorKey } = await import('../../lambdas/store/keys.ts')
  await found('acme')
  const Item = { ...usageCursorKey('acme'), version: haltedVersion }
  await table.send('PutItem', { TableName: table.tableName, Item })
  const lags = await lagsOf(table, ['acme'])
  expect(lags.map(({ follower }) => follower)).toEqual(['events', 'archive'])
})

test('a table that does not answer fails the run, so that nothing is counted', async () => {
  const broken = openTable('no-such-table')
  const { checkReaders } = await import('../../lambdas/consumers/check-readers.ts')
  await expect(checkReaders({ ...party.deps, table: broken })).rejects.toThrow()
  watch.flush()
  expect(watch.has('ReaderLag')).toBe(false)
})
