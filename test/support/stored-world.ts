import { emptyAccount } from '../../core/account/account.ts'
import type { Entry } from '../../core/journal/entry.ts'
import { apply } from '../../core/journal/fold.ts'
import { dayMs } from '../../core/time/time.ts'
import { commit } from '../../lambdas/store/commit.ts'
import { copiesOf } from '../../lambdas/store/copies.ts'
import type { Table } from '../../lambdas/store/table.ts'
import { TeamStore } from '../../lambdas/store/teams.ts'
import { World } from './world.ts'

const entriesPerCommit = 40

/** Versions of a history: those after `from`, up to `to`. */
interface Span {
  readonly from?: number
  readonly to?: number
}

/**
 * Writes a team's history, or a span of it, like the store: entries with the account after them, some at a
 * time.
 */
export async function storeWorld(
  table: Table,
  world: World,
  { from = 0, to = world.entries.length }: Span = {},
): Promise<void> {
  let account = world.entries.slice(0, from).reduce(apply, emptyAccount(world.account.teamId))
  for (let start = from; start < to; start += entriesPerCommit) {
    const entries = world.entries.slice(start, Math.min(to, start + entriesPerCommit))
    const { version } = account
    account = entries.reduce(apply, account)
    const writes = entries.flatMap((entry) => (entry.kind === 'team-changed' ? [keepName(table, entry)] : []))
    const copies = copiesOf(entries)
    if ((await commit(table, { version, account, entries, copies, writes })) !== undefined)
      throw new Error(`a history could not be stored from entry ${version + 1} on`)
  }
}

function keepName(table: Table, { teamId, version }: Entry) {
  return new TeamStore(table).keepingName(teamId, { version, name: teamId })
}

/**
 * A year of one team with every kind of event: free use, lots, expiry, money, a bill, shortfall that is paid
 * later.
 */
export function eventfulWorld(): World {
  const world = new World('2026-01-20T10:00:00Z')
  world.plan({ plan: 'free', payAsYouGo: false })
  world.use('automation-revit', 5_000)
  world.plan({ plan: 'paid', payAsYouGo: false })
  world.buy(100, 300 * dayMs)
  world.buy(100)
  for (let n = 0; n < 30; n++) world.use('automation-autocad', 1_000 + n)
  const asked = world.ask('model-derivative-complex-job', 10)
  if ('id' in asked) {
    world.capture(asked.id, 3)
    world.capture(asked.id, 8, true)
  }
  const other = world.ask('reality-capture', 75)
  if ('id' in other) world.void(other.id)
  world.pass(70 * dayMs)
  world.use('flow-graph-engine', 3_600 * 200)
  world.buy(300)
  world.plan({ plan: 'paid', payAsYouGo: true, spendLimitUsdCents: 100_000 })
  world.use('flow-graph-engine', 3_600 * 350)
  world.pass(40 * dayMs)
  world.use('automation-autocad', 800)
  return world
}
