import { JournalStore } from '../lambdas/store/journal.ts'
import { usageCursorKey } from '../lambdas/store/keys.ts'
import { getItem } from '../lambdas/store/table.ts'
import { haltedVersion } from '../lambdas/store/usage-cursor.ts'
import { UsageView } from '../lambdas/store/usage-view.ts'
import { count, dryRun, type Operating } from './operating.ts'
import { chosenTeams, type TeamChoice } from './teams.ts'
import { UsageRebuild } from './usage-rebuild.ts'

const roundsMax = 1_000

interface Choice extends TeamChoice {
  readonly apply?: boolean
}

/**
 * Updates usage views to their accounts when a record of the stream was lost. Returns the number of teams
 * that were behind.
 */
export async function replayViews({ table, print }: Operating, choice: Choice): Promise<number> {
  const view = new UsageView(table, new JournalStore(table))
  let behind = 0
  for await (const { teamId, version } of chosenTeams(table, choice)) {
    const cursor = Number((await getItem(table, usageCursorKey(teamId)))?.version ?? 0)
    if (cursor === haltedVersion)
      print(`${teamId}: a rebuild was interrupted, run rebuild-view ${teamId} --apply`)
    if (cursor >= version) continue
    behind += 1
    print(`${teamId}: ${version - cursor} entries from version ${cursor + 1} on`)
    if (choice.apply === true) await catchUp(view, teamId, version)
  }
  print(`${count(behind, 'view')} behind the account${choice.apply === true ? ', now up to it' : ''}.`)
  if (choice.apply !== true) print(dryRun)
  return behind
}

async function catchUp(view: UsageView, teamId: string, version: number): Promise<void> {
  for (let round = 0; round < roundsMax; round++) if (await view.catchUp(teamId, version)) return
  throw new Error(
    `the view of ${teamId} does not reach version ${version}: is its journal whole? (npm run audit)`,
  )
}

/** Rebuilds usage views from the journal. Returns the number of wrong or needless items. */
export async function rebuildViews({ table, now, print }: Operating, choice: Choice): Promise<number> {
  const journal = new JournalStore(table)
  const rebuild = new UsageRebuild(table, journal, new UsageView(table, journal), now)
  let [differences, right] = [0, 0]
  for await (const { teamId, version } of chosenTeams(table, choice)) {
    const found =
      choice.apply === true ? await rebuild.run(teamId, version) : await rebuild.compare(teamId, version)
    for (const { sk } of found.wrong) print(`${teamId}: ${sk} is not what the journal says`)
    for (const { sk } of found.needless) print(`${teamId}: ${sk} comes from no entry`)
    differences += found.wrong.length + found.needless.length
    right += found.right
  }
  print(`${count(right, 'item')} right, ${differences} not${choice.apply === true ? ', now corrected' : ''}.`)
  if (choice.apply !== true) print(dryRun)
  return differences
}
