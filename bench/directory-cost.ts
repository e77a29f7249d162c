import { type Account, emptyAccount } from '../core/account/account.ts'
import { dayMs } from '../core/time/time.ts'
import { TeamSearch, type TeamsAsk } from '../lambdas/directory/team-search.ts'
import { depsOn } from '../lambdas/runtime/deps.ts'
import { toAccountItem } from '../lambdas/store/account-item.ts'
import { listingOf, rowOf } from '../lambdas/store/directory-row.ts'
import { directoryKey, listingKey } from '../lambdas/store/keys.ts'
import type { Item, Table } from '../lambdas/store/table.ts'
import { putItems } from '../test/support/put-items.ts'
import { counted, type Figure } from './figure.ts'
import { RequestMeter } from './request-meter.ts'

/** Enough for the first pages, of which the longest is that of every twentieth team. */
const few = 1_020
const now = Date.parse('2027-06-15T10:00:00Z')
const pageSize = 50
/** One team in this many is overdue. */
const overdueEvery = 20

const lists: readonly (readonly [name: string, ask: Partial<TeamsAsk>, readUnitsMax: number])[] = [
  ['all teams', {}, 110],
  ['overdue teams', { state: 'overdue' }, 110],
  ['teams by the start of a word', { words: ['wor'] }, 110],
  ['teams by two words', { words: ['workshop', 'kumo'] }, 280],
]

/** Reads the first page of lists of teams in a small and a large table. The number of teams must cost nothing. */
export async function countDirectory(
  newTable: (id: string) => Promise<Table>,
  teams: number,
): Promise<readonly Figure[]> {
  const small = await readUnits(await newTable('directory-few'), few)
  const large = await readUnits(await newTable('directory-many'), teams)
  return lists.flatMap(([name, , max], index) => {
    const [units = 0, before = 0] = [large[index], small[index]]
    return [
      counted(`read units of a page of ${pageSize} of ${teams}: ${name}`, units, max),
      counted(`… more than among ${few}`, Math.max(0, units - before), 2),
    ]
  })
}

async function readUnits(table: Table, teams: number): Promise<readonly number[]> {
  await putItems(table, itemsOf(teams))
  const env = { tableName: table.tableName, payments: 'sandbox', stage: 'bench' } as const
  const meter = new RequestMeter(table)
  const deps = depsOn({ table: meter.table, env, clock: { now: () => now } })
  const catalog = await deps.catalog.read()
  const search = new TeamSearch(meter.table)
  const units: number[] = []
  for (const [name, ask] of lists) {
    const { readUnits } = await meter.during(async () => {
      const found = await search.find({ words: [], exact: [], limit: pageSize, ...ask }, catalog, now)
      if (found.teams.length !== pageSize) throw new Error(`${name}: ${found.teams.length} teams`)
    })
    units.push(readUnits)
  }
  return units
}

/** Only the lists of the bench are filled: ten times fewer items. */
const isRead = (text: string): boolean => /^(state:(all|overdue)|word:w)#/.test(text)

/** The items of teams as the operations and the stream's consumer leave them. */
function* itemsOf(teams: number): Generator<Item> {
  for (let index = 0; index < teams; index++) {
    const account = accountOf(index)
    const { teamId } = account
    const name = `${index % 2 === 0 ? 'Atelier' : 'Workshop'} ${index % 3 === 0 ? 'Kumo' : 'Yama'} ${index}`
    const app = { appId: `viewer-${index}`, teamId, name: 'Viewer', isInHub: true }
    const row = rowOf({ account, name, apps: [app], members: [] })
    yield* row.listings.filter(isRead).map((text) => ({ ...listingKey(listingOf(text), teamId) }))
    // A first page reads no team behind these.
    if (index >= few) continue
    yield { ...toAccountItem(account) }
    yield { ...directoryKey(teamId), ...row, revision: 1 }
  }
}

function accountOf(index: number): Account {
  const at = now - 60 * dayMs
  return {
    ...emptyAccount(`team-${String(index).padStart(6, '0')}`),
    version: 1,
    at,
    terms: [{ from: at, plan: 'paid', payAsYouGo: false }],
    period: '2027-06',
    ...(index % overdueEvery === 0 && { overdueSince: at + index }),
  }
}
