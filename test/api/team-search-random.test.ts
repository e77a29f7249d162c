import { expect } from 'vitest'
import { scan } from '../../audit/reading.ts'
import { teamStates } from '../../core/directory/states.ts'
import type { Item, Table } from '../../lambdas/store/table.ts'
import { rebuildDirectory } from '../../ops/directory.ts'
import { type SeededRandom, seededRandom } from '../../tools/sample/random.ts'
import { test } from '../support/fixtures.ts'
import { ListedTeams } from '../support/listed-teams.ts'
import { operatingOn } from '../support/operating.ts'

/* Random teams, and every list of them compared with a reading of the whole table. */

const names = ['Acme Tools', 'アトリエ クモ', '東京建設ABC', 'Zürich Corp.', 'Bolt', 'Bolt & Acme']
const people = ['mira@studio.example.com', 'ren@acme.example.com', 'sora@bolt.example.com']
const queries = [
  'ac',
  'bolt',
  'bolt acme',
  '建設',
  'クモ',
  'zür',
  'mira',
  'acme.ex',
  'app',
  'app-2',
  'team-1',
  'abc',
]
const teamIds = ['team-1', 'team-2', 'team-3', 'team-10', 'bolt']

const pick = <T>(random: SeededRandom, rows: readonly T[]): T => rows[random.between(0, rows.length - 1)] as T

/** One act that a person or operator could do; what the API refuses is no act. */
async function actAtRandom(teams: ListedTeams, random: SeededRandom): Promise<void> {
  const team = pick(random, teamIds)
  const acts = [
    () => teams.register(team, pick(random, names)),
    () => teams.addApp(team, `app-${random.between(1, 9)}`, pick(random, names)),
    () => teams.invite(team, pick(random, ['m1', 'm2']), pick(random, people)),
    () => teams.act('removeMember', team, { params: { memberId: pick(random, ['m1', 'm2']) } }),
    () => teams.act('choosePlan', team, { body: { plan: 'free' } }),
    () => teams.act('suspendTeam', team, { body: { reason: 'abuse' } }),
    () => teams.act('resumeTeam', team),
    () => teams.act('createHub', team, { body: { name: 'Hub' } }),
    () => teams.act('moveApps', team, { body: { appIds: [`app-${random.between(1, 9)}`] } }),
  ]
  await pick(random, acts)().catch((error) => {
    if (!/: 4\d\d /.test(String(error))) throw error
  })
}

/** Every item, to read the teams from. */
async function readTable(table: Table): Promise<readonly Item[]> {
  const items: Item[] = []
  for await (const item of scan(table, {})) items.push(item)
  return items
}

/** True where a text has the query at the beginning of a word, or anywhere where there are no spaces. */
function contains(text: string, query: string): boolean {
  const plain = text.toLowerCase().replace('ü', 'u')
  const word = query.replace('ü', 'u')
  for (let at = plain.indexOf(word); at >= 0; at = plain.indexOf(word, at + 1))
    if (at === 0 || !/[a-z0-9]/.test(plain[at - 1] ?? '') || /\p{scx=Han}|\p{scx=Kana}/u.test(word))
      return true
  return false
}

/** The teams that a list should have, by the items of the teams themselves. */
function expected(items: readonly Item[], { query, state }: { query?: string; state?: string }) {
  return teamIds
    .filter((teamId) => {
      const own = items.filter(({ pk }) => pk === `TEAM#${teamId}`)
      const account = own.find(({ sk }) => sk === 'ACCOUNT')
      if (account === undefined) return false
      const apps = own.filter(({ sk }) => String(sk).startsWith('APP#'))
      const members = own.filter(({ sk }) => String(sk).startsWith('MEMBER#'))
      const isIn: Record<string, boolean> = {
        suspended: account.suspendedBecause !== undefined,
        'no-plan': account.terms === undefined,
        'apps-outside-hub': apps.some(({ isInHub }) => isInHub === false),
        'invitation-open': members.some(({ isInvited }) => isInvited === true),
        'no-admin': !members.some(({ role, isInvited }) => role === 'admin' && isInvited !== true),
      }
      const name = own.find(({ sk }) => sk === 'PROFILE')?.name
      const texts = [
        teamId,
        name,
        ...apps.flatMap((app) => [app.appId, app.name]),
        ...members.map((m) => m.email),
      ]
      const isFound = (query ?? '')
        .split(' ')
        .every((word) => texts.some((text) => contains(String(text), word)))
      return isFound && (state === undefined || isIn[state] === true)
    })
    .toSorted()
}

async function expectLists(table: Table, teams: ListedTeams): Promise<void> {
  const items = await readTable(table)
  const asks: readonly Record<string, string>[] = [
    {},
    ...queries.map((query) => ({ query })),
    ...teamStates.map((state) => ({ state })),
    { query: 'bolt', state: 'suspended' },
    { query: 'app', state: 'apps-outside-hub' },
  ]
  for (const ask of asks) {
    const ids = await teams.idsOf({ ...ask, limit: '2' })
    expect(ids.toSorted(), JSON.stringify(ask)).toEqual(expected(items, ask))
  }
  const { inLists, inRows } = await teams.places()
  expect(inLists).toEqual(inRows)
}

test.for([1, 2])(
  'lists equal a reading of the whole table, after any acts (seed %i)',
  async (seed, { table, party, clock }) => {
    const random = seededRandom(seed)
    const teams = new ListedTeams(table, party)
    for (let round = 0; round < 2; round++) {
      for (let step = 0; step < 15; step++) await actAtRandom(teams, random)
      // Records come in any order, some twice, and some batches at once.
      const batch = teams.records.toSorted(() => random.between(-1, 1))
      const failed = await Promise.all([teams.follow(batch), teams.follow(batch.slice(0, 5))])
      expect(failed.flat()).toEqual([])
      // Earlier records would refresh teams whose later ones were missed.
      teams.records = []
      await expectLists(table, teams)
    }
    const { operating } = operatingOn(table, clock.time)
    expect(await rebuildDirectory(operating, { all: true })).toBe(0)
  },
)
