import { describe, expect } from 'vitest'
import { dayMs } from '../../core/time/time.ts'
import { directoryChanges } from '../../lambdas/directory/changes.ts'
import type { Table } from '../../lambdas/store/table.ts'
import { type SetClock, test } from '../support/fixtures.ts'
import { ListedTeams } from '../support/listed-teams.ts'
import { foundAcme, type Party } from '../support/party.ts'
import { putItems } from '../support/put-items.ts'

/* The list of teams for operators, on the real engine, with the records that the stream would carry. */

let table: Table
let party: Party
let clock: SetClock
let teams: ListedTeams

test.beforeEach(({ table: fresh, party: newcomer, clock: set }) => {
  ;[table, party, clock] = [fresh, newcomer, set]
  teams = new ListedTeams(table, party)
})

async function founded() {
  await teams.register('atelier', 'アトリエ クモ')
  await teams.register('acme', 'Acme Tools')
  await teams.addApp('acme', 'viewer', 'Plan Viewer')
  await teams.invite('acme', 'mira', 'mira@example.com')
  await teams.act('choosePlan', 'acme', { body: { plan: 'free' } })
  await teams.follow()
}

describe('a list of teams', () => {
  test('shows of a team what a support person needs', async () => {
    await founded()
    await teams.act('suspendTeam', 'acme', { body: { reason: 'abuse' } })
    await teams.follow()
    const states = ['suspended', 'apps-outside-hub', 'invitation-open', 'no-admin']
    const counts = { apps: 1, appsOutsideHub: 1, admins: 0, openInvitations: 1, owedUsdCents: 0 }
    const acme = { teamId: 'acme', name: 'Acme Tools', country: 'JP', plan: 'free', payAsYouGo: false }
    expect(await teams.page({ query: 'acme' })).toEqual({ teams: [{ ...acme, states, ...counts }] })
  })

  test('shows a state as it is now, before any consumer has run', async () => {
    await founded()
    await teams.act('choosePlan', 'atelier', { body: { plan: 'free' } })
    expect((await teams.page({ query: 'クモ' })).teams[0]?.states).toEqual(['no-admin'])
    expect(await teams.idsOf({ state: 'no-plan' })).toEqual([])
  })

  test('finds a team by its new name, and no longer by the old one', async () => {
    await founded()
    await teams.register('acme', 'Bolt')
    await teams.follow()
    expect(await teams.idsOf({ query: 'bolt' })).toEqual(['acme'])
    expect(await teams.idsOf({ query: 'tools' })).toEqual([])
  })

  test('does not find a team by a member who was removed', async () => {
    await founded()
    expect(await teams.idsOf({ query: 'mira' })).toEqual(['acme'])
    await teams.invite('acme', 'ren', 'ren@example.com')
    await teams.act('removeMember', 'acme', { params: { memberId: 'mira' } })
    await teams.follow()
    expect(await teams.idsOf({ query: 'mira' })).toEqual([])
    expect(await teams.idsOf({ query: 'ren' })).toEqual(['acme'])
  })

  test('shows those overdue for longest first', async () => {
    const { toAccountItem } = await import('../../lambdas/store/account-item.ts')
    for (const [team, days, usdCents] of [
      ['a', 2, 700],
      ['b', 3, 701],
      ['c', 1, 702],
    ] as const) {
      await teams.register(team)
      const account = await party.deps.operations.load(team)
      if (account === undefined) throw new Error('no account')
      const overdueSince = clock.time - days * dayMs
      const dues = [{ dueId: 'invoice:2026-01', usdCents, steps: 9 }]
      const Item = { ...toAccountItem({ ...account, overdueSince, dues }) }
      await table.send('PutItem', { TableName: table.tableName, Item })
    }
    await teams.follow()
    const { teams: overdue } = await teams.page({ state: 'overdue' })
    expect(overdue.map(({ teamId, owedUsdCents }) => [teamId, owedUsdCents])).toEqual([
      ['b', 701],
      ['a', 700],
      ['c', 702],
    ])
    expect(overdue[0]?.overdueSince).toBe('2026-02-17T10:00:00Z')
  })
})

describe('a team with more words than the index stores', () => {
  test('is found by the exact id of any of its apps, once, and first', async () => {
    const { teamAppKey } = await import('../../lambdas/store/keys.ts')
    await teams.register('wide')
    await teams.register('other', 'tool-399b')
    const apps = Array.from({ length: 399 }, (_, n) => {
      const app = { appId: `tool-${n}`, name: `Tool ${n}x`, teamId: 'wide', isInHub: true }
      return { ...teamAppKey('wide', app.appId), ...app }
    })
    await putItems(table, apps)
    await teams.addApp('wide', 'tool-399')
    await teams.follow()
    expect((await teams.page({ query: 'wide' })).teams[0]?.apps).toBe(400)
    expect(await teams.idsOf({ query: 'tool-399', limit: '1' })).toEqual(['wide', 'other'])
    expect(await teams.idsOf({ query: 'tool-1', limit: '1' })).toEqual(['wide'])
  })
})

describe('pages of a list', () => {
  test('neither repeat nor skip a team, also while others come and go', async () => {
    const names = Array.from({ length: 9 }, (_, n) => `Bolt Bolton ${n} Boltwood`)
    for (const [n, name] of names.entries()) await teams.register(`team-${n}`, name)
    await teams.follow()
    const seen: string[] = []
    let cursor: string | undefined
    for (let n = 0; n < 5; n++) {
      const page = await teams.page({ query: 'bolt', limit: '2', ...(cursor && { cursor }) })
      seen.push(...page.teams.map(({ teamId }) => teamId))
      cursor = page.cursor
      await teams.register(`team-${n}`, 'Acme')
      await teams.register(`other-${n}`, 'Bolt')
      await teams.follow()
    }
    const others = seen.filter((teamId) => teamId.startsWith('other-'))
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen.filter((teamId) => !others.includes(teamId))).toEqual(names.map((_, n) => `team-${n}`))
  })

  test.each([
    ['query', ''],
    ['query', '--'],
    ['query', 'x'.repeat(255)],
    ['state', 'late'],
    ['limit', '0'],
    ['limit', '101'],
    ['cursor', '#'],
    ['cursor', Buffer.from('acme').toString('base64url')],
    ['cursor', Buffer.from('acme#').toString('base64url')],
    ['odd', '1'],
  ])('name the field that is wrong: %s is %j', async (name, value) => {
    const { status, body } = await party.call('listTeams', { query: { [name]: value } })
    expect([status, body.code]).toEqual([400, 'BAD_REQUEST'])
    expect(body.errors).toMatchObject([{ pointer: `/query/${name}` }])
  })

  test('begin at the start of a list where the cursor is that of an earlier one', async () => {
    await founded()
    const { cursor = '' } = await teams.page({ limit: '1' })
    expect(await teams.idsOf({ query: 'tools', cursor })).toEqual(['acme'])
  })
})

describe('the consumer', () => {
  test('reads and writes nothing for use, which changes no row', async () => {
    await foundAcme(party)
    teams.records = []
    const ask = { authorizationId: 'a1', appId: 'viewer', meter: 'automation-autocad', quantity: 720 }
    await teams.act('authorizeUsage', 'acme', { body: ask })
    await teams.act('captureAuthorization', 'acme', {
      body: { used: 720 },
      params: { authorizationId: 'a1' },
    })
    expect(teams.records.length).toBe(2)
    expect(directoryChanges(teams.records)).toEqual([])
  })

  test('writes nothing for a record that comes again', async () => {
    await founded()
    const directory = await teams.directory()
    const { revision } = (await directory.stored('acme')) ?? {}
    expect(await teams.follow()).toEqual([])
    expect((await directory.stored('acme'))?.revision).toBe(revision)
  })

  test('leaves no place behind when two batches of one team are worked on at once', async () => {
    await founded()
    for (let round = 0; round < 5; round++) {
      await teams.register('acme', `Round ${round}`)
      await Promise.all([
        teams.follow(teams.records.slice(-1)),
        teams.follow(teams.records.slice(-1)),
        teams.follow(teams.records),
      ])
    }
    const { inLists, inRows } = await teams.places()
    expect(inLists).toEqual(inRows)
  })
})
