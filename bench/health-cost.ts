import { emptyAccount } from '../core/account/account.ts'
import { getHealth } from '../lambdas/api/get-health.ts'
import { listLags } from '../lambdas/api/list-lags.ts'
import { toAccountItem } from '../lambdas/store/account-item.ts'
import { allTeams } from '../lambdas/store/directory-row.ts'
import { JournalStore } from '../lambdas/store/journal.ts'
import {
  archiveCursorKey,
  dueAtKey,
  dueShard,
  eventCursorKey,
  listingKey,
  usageCursorKey,
} from '../lambdas/store/keys.ts'
import type { Item, Table } from '../lambdas/store/table.ts'
import { event } from '../test/support/ask.ts'
import { putItems } from '../test/support/put-items.ts'
import { counted, type Figure } from './figure.ts'
import { RequestMeter } from './request-meter.ts'

const now = Date.parse('2027-06-15T10:00:00Z')
const teamsPerPage = 1_000
const few = 1_020

/** Reads the health and a page of lags in a small and a large table. The number of teams must cost nothing. */
export async function countHealth(
  newTable: (id: string) => Promise<Table>,
  teams: number,
): Promise<readonly Figure[]> {
  const small = await readUnits(await newTable('health-few'), few)
  const large = await readUnits(await newTable('health-many'), teams)
  return [
    counted(`read units of the health of ${teams} teams, none waiting`, large.health, 1_500),
    counted(`… more than with ${few}`, Math.max(0, large.health - small.health), 10),
    counted(`read units of the lags of ${teamsPerPage} teams, of ${teams}`, large.lags, 4_200),
    // A full page of places is read from each of four lists.
    counted(`… more than with ${few}`, Math.max(0, large.lags - small.lags), 60),
  ]
}

async function readUnits(table: Table, teams: number) {
  await putItems(table, itemsOf(teams))
  const meter = new RequestMeter(table)
  const deps = { table: meter.table, journal: new JournalStore(meter.table), clock: { now: () => now } }
  const ask = async (call: 'getHealth' | 'listLags') => {
    const handler = call === 'getHealth' ? getHealth(deps) : listLags(deps)
    const { statusCode, body } = await handler(event(call))
    if (statusCode !== 200) throw new Error(`${call}: ${body}`)
  }
  const health = await meter.during(() => ask('getHealth'))
  const lags = await meter.during(() => ask('listLags'))
  return { health: health.readUnits, lags: lags.readUnits }
}

/** Teams whose accounts fall due later, and whose readers have read all. */
function* itemsOf(teams: number): Generator<Item> {
  for (let index = 0; index < teams; index++) {
    const teamId = `team-${String(index).padStart(6, '0')}`
    yield { ...listingKey({ list: allTeams, order: '' }, teamId) }
    // A first page reads no team behind these.
    if (index >= few) continue
    const account = { ...emptyAccount(teamId), version: 1, at: now }
    const due = { dueShard: dueShard(teamId), dueAt: dueAtKey(now + index + 1) }
    yield { ...toAccountItem(account), ...due }
    for (const keyOf of [usageCursorKey, eventCursorKey, archiveCursorKey])
      yield { ...keyOf(teamId), version: 1 }
  }
}
