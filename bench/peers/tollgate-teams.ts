import { differences } from '../../audit/differences.ts'
import { emptyAccount } from '../../core/account/account.ts'
import { apply } from '../../core/journal/fold.ts'
import { hourMs } from '../../core/time/time.ts'
import { atOnce } from '../../lambdas/runtime/at-once.ts'
import { fromAccountItem } from '../../lambdas/store/account-item.ts'
import { AppStore } from '../../lambdas/store/apps.ts'
import { JournalStore } from '../../lambdas/store/journal.ts'
import { accountKey } from '../../lambdas/store/keys.ts'
import { getItem } from '../../lambdas/store/table.ts'
import { putItems } from '../../test/support/put-items.ts'
import { storeWorld } from '../../test/support/stored-world.ts'
import { World } from '../../test/support/world.ts'
import type { Host } from './peer.ts'

/** A call counts once, and a token buys this number of them. */
export const meter = 'model-derivative-basic'
export const unitsPerToken = 300_000

const teamsAtOnce = 8

export const appOf = (teamId: string): string => `${teamId}-app`

/**
 * Creates teams of the paid plan that have bought tokens, each with an app. Their history is stored as the API stores it. Teams
 * that exist are left as they are.
 */
export async function fillTeams({ table }: Host, teamIds: readonly string[], units: number): Promise<void> {
  const boughtAt = new Date(Date.now() - hourMs).toISOString()
  const created: string[] = []
  await atOnce(teamIds, teamsAtOnce, async (teamId) => {
    if ((await getItem(table, accountKey(teamId))) !== undefined) return
    created.push(teamId)
    const world = new World(boughtAt, undefined, teamId)
    world.plan({ plan: 'paid', payAsYouGo: false })
    world.buy(Math.ceil(units / unitsPerToken))
    await storeWorld(table, world)
  })
  const apps = new AppStore(table)
  const items = created.flatMap((teamId) => {
    const app = { appId: appOf(teamId), teamId, name: 'app', isInHub: true }
    return apps.registering(app).flatMap(({ Put }) => Put?.Item ?? [])
  })
  await putItems(table, items)
}

/** Units that the journal of a team has captured. Throws when the account is not the fold of its journal. */
export async function readCaptured({ table }: Host, teamId: string): Promise<number> {
  const item = await getItem(table, accountKey(teamId))
  if (item === undefined) throw new Error(`no team ${teamId}`)
  const account = fromAccountItem(item)
  const entries = await new JournalStore(table).whole(teamId, 0, account.version)
  const problems = differences(account, entries.reduce(apply, emptyAccount(teamId)))
  if (problems.length > 0) throw new Error(`the account of ${teamId}: ${problems.join('; ')}`)
  return entries.reduce((sum, entry) => sum + (entry.kind === 'capture' ? entry.usage.quantity : 0), 0)
}
