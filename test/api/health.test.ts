import { describe, expect } from 'vitest'
import { hourMs, minuteMs } from '../../core/time/time.ts'
import { EventCursor } from '../../lambdas/store/event-cursor.ts'
import { usageCursorKey } from '../../lambdas/store/keys.ts'
import type { Table } from '../../lambdas/store/table.ts'
import { haltedVersion } from '../../lambdas/store/usage-cursor.ts'
import { archiverOf, rememberingStream, ring } from '../support/archived.ts'
import { event } from '../support/ask.ts'
import { test } from '../support/fixtures.ts'
import { ListedTeams } from '../support/listed-teams.ts'
import { foundAcme, type Party } from '../support/party.ts'

/* The pending work of the platform, and the readers that are behind, on the real engine. */

interface Check {
  readonly check: string
  readonly state: string
  readonly waiting: number
  readonly since?: string
}

async function checksOf(party: Party): Promise<Record<string, Check>> {
  const { status, body } = await party.call('getHealth', {})
  expect(status).toBe(200)
  return Object.fromEntries((body.checks as Check[]).map((check) => [check.check, check]))
}

async function versionOf(party: Party): Promise<number> {
  return (await party.deps.operations.load('acme'))?.version ?? 0
}

async function readAll(table: Table, party: Party): Promise<void> {
  const account = await party.deps.operations.load('acme')
  if (account === undefined) throw new Error('there is no team')
  await ring(table, 'acme', account.version)
  await new EventCursor(table).move(0, account)
  await archiverOf(table, rememberingStream().stream).run()
}

describe('the health of the platform', () => {
  test('is good, with nothing waiting, when all readers have read all', async ({ table, party }) => {
    await foundAcme(party)
    await readAll(table, party)
    const checks = await checksOf(party)
    expect(Object.values(checks).map(({ state, waiting }) => `${state} ${waiting}`)).toEqual(
      Array.from({ length: 6 }, () => 'good 0'),
    )
  })

  test('names the runbook only where it has a URL', async ({ party }) => {
    const { readRunbookUrl } = await import('../../lambdas/runtime/env.ts')
    const { getHealth } = await import('../../lambdas/api/get-health.ts')
    const urls = ['docs/runbook.md', 'https://wiki.example.com/runbook'].map((RUNBOOK_URL) =>
      readRunbookUrl({ RUNBOOK_URL }),
    )
    const answers = urls.map(async (runbookUrl) => {
      const { body } = await getHealth({ ...party.deps, runbookUrl })(event('getHealth'))
      return JSON.parse(body).runbookUrl
    })
    expect(await Promise.all(answers)).toEqual([undefined, 'https://wiki.example.com/runbook'])
  })

  test('needs attention once a reader is half an hour behind, and says since when', async ({
    table,
    party,
    clock,
  }) => {
    await foundAcme(party)
    await ring(table, 'acme', await versionOf(party))
    clock.time += 30 * minuteMs - 1
    expect((await checksOf(party)).events).toMatchObject({ state: 'good', waiting: 1 })
    clock.time += 1
    const checks = await checksOf(party)
    expect(checks.events).toEqual({
      check: 'events',
      state: 'attention',
      waiting: 1,
      isMore: false,
      since: '2026-02-20T10:00:00Z',
      alarm: 'readers-behind',
    })
    expect(checks.archive).toMatchObject({ state: 'attention', waiting: 1 })
    expect(checks['usage-view']).toMatchObject({ state: 'good', waiting: 0 })
  })

  test('needs attention when accounts have waited an hour for the sweep', async ({ party, clock }) => {
    await foundAcme(party)
    // The change takes effect at the start of the next month.
    await party.call('choosePlan', { body: { plan: 'free' } })
    clock.time = Date.parse('2026-03-01T00:05:00Z')
    expect((await checksOf(party))['accounts-due']).toMatchObject({ state: 'good', waiting: 1 })
    clock.time += hourMs
    expect((await checksOf(party))['accounts-due']).toMatchObject({
      state: 'attention',
      since: '2026-03-01T00:00:00Z',
      alarm: 'sweep-behind',
    })
  })
})

describe('the lags of readers', () => {
  async function founded(table: Table, party: Party): Promise<void> {
    const teams = new ListedTeams(table, party)
    for (const teamId of ['acme', 'bolt', 'cloud']) await teams.register(teamId)
    await teams.follow()
  }
  const lagOf = (teamId: string, reader: string) => ({ teamId, reader, entries: 1, isHalted: false })

  test('are listed for all teams, page by page', async ({ table, party }) => {
    await founded(table, party)
    await ring(table, 'bolt', 1)
    const first = await party.call('listLags', { query: { limit: '2' } })
    expect(first.body).toEqual({
      examined: 2,
      lags: [
        lagOf('acme', 'usage-view'),
        lagOf('acme', 'events'),
        lagOf('acme', 'archive'),
        lagOf('bolt', 'events'),
        lagOf('bolt', 'archive'),
      ],
      cursor: 'bolt',
    })
    const second = await party.call('listLags', { query: { limit: '2', cursor: 'bolt' } })
    expect(second.body).toMatchObject({ examined: 1, lags: [{ teamId: 'cloud' }, {}, {}] })
    expect(second.body).not.toHaveProperty('cursor')
  })

  test('show a usage view that an interrupted rebuild keeps still', async ({ table, party }) => {
    await founded(table, party)
    const Item = { ...usageCursorKey('acme'), version: haltedVersion }
    await table.send('PutItem', { TableName: table.tableName, Item })
    const { body } = await party.call('listLags', { query: { limit: '1' } })
    expect((body.lags as object[])[0]).toEqual({
      teamId: 'acme',
      reader: 'usage-view',
      entries: 0,
      isHalted: true,
    })
  })

  test.each([
    ['limit', '1001', 'must be a whole number from 1 to 1000'],
    ['limit', '0', 'must be a whole number from 1 to 1000'],
    ['cursor', 'a#b', 'must be 1 to 64 characters'],
  ])('refuse a %s of %s', async (name, value, message) => {
    const { newParty } = await import('../support/party.ts')
    const noTable = { tableName: 'none', send: () => Promise.reject(new Error('nothing is read')) } as Table
    const party = await newParty(noTable, { now: () => 0 })
    const { status, body } = await party.call('listLags', { query: { [name]: value } })
    expect(status).toBe(400)
    expect(body.errors).toEqual([{ pointer: `/query/${name}`, message: expect.stringContaining(message) }])
  })
})
