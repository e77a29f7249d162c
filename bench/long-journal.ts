import { emptyAccount } from '../core/account/account.ts'
import { apply } from '../core/journal/fold.ts'
import { hourMs, minuteMs } from '../core/time/time.ts'
import { AppStore } from '../lambdas/store/apps.ts'
import { commit } from '../lambdas/store/commit.ts'
import { copiesOf } from '../lambdas/store/copies.ts'
import type { Table } from '../lambdas/store/table.ts'
import { World } from '../test/support/world.ts'
import { usualWork } from './teams.ts'

const entriesPerCommit = 90
const pairMs = 2 * minuteMs
/** The place of the one entry of `rareApp`, as a part of the journal. */
const rareAt = 0.3
export const rareApp = 'rare-app'

/**
 * A team with this number of entries, nearly all of them authorizations and their final captures on four meters, two minutes
 * apart. One usage event of `rareApp` is far back. With `openAt`, an authorization that far back is still open.
 */
export function longWorld(entries: number, openAt?: number): World {
  const world = new World('2027-03-01T00:00:00Z')
  world.plan({ plan: 'paid', payAsYouGo: true })
  for (let pair = 0; world.entries.length < entries; pair++) {
    world.pass(pairMs)
    const share = world.entries.length / entries
    if (isAt(share, rareAt, entries)) addRareUse(world)
    if (openAt !== undefined && isAt(share, openAt, entries)) world.ask('automation-autocad', 1, 24 * 3_600)
    const { meter, quantity } = usualWork[pair % usualWork.length] ?? usualWork[0]
    const asked = world.ask(meter, quantity)
    if (!('id' in asked)) throw new Error(asked.code)
    world.capture(asked.id, quantity, true)
  }
  world.pass(hourMs)
  return world
}

function isAt(share: number, at: number, entries: number): boolean {
  return share >= at && share < at + 2 / entries
}

function addRareUse(world: World): void {
  const event = { source: 'urn:bench', id: 'rare', appId: rareApp, meter: 'reality-capture', quantity: 50 }
  const context = { ...world.context, known: new Map() }
  world.decide({ kind: 'record-usage', events: [{ ...event, time: world.now }] }, context)
}

/** Writes a team's journal, many entries in a transaction, and its app. */
export async function storeLong(table: Table, { entries, account: { teamId } }: World): Promise<void> {
  let account = emptyAccount(teamId)
  for (let start = 0; start < entries.length; start += entriesPerCommit) {
    const some = entries.slice(start, start + entriesPerCommit)
    const { version } = account
    account = some.reduce(apply, account)
    const lost = await commit(table, { version, account, entries: some, copies: copiesOf(some) })
    if (lost !== undefined) throw new Error(`the entries from ${version + 1} on were not stored`)
  }
  const app = { appId: 'app', teamId, name: 'Viewer', isInHub: true }
  const TransactItems = [...new AppStore(table).registering(app)]
  await table.send('TransactWriteItems', { TransactItems })
}
