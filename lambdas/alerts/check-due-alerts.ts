import { atOnce } from '../runtime/at-once.ts'
import { stopwatch } from '../runtime/clock.ts'
import type { Deps } from '../runtime/deps.ts'
import { Failures } from '../runtime/failures.ts'
import { paced, shardPace } from '../runtime/pace.ts'
import { checkAlerts } from '../store/alert-checks.ts'
import { type DueTeam, dueAlerts } from '../store/due.ts'

export type DueAlertDeps = Pick<Deps, 'table' | 'clock' | 'alerts' | 'operations'>

/** Time in which one run may begin checks, next to that of the sweep: both together are less than the function's timeout. */
export const checkBudgetMs = 30_000

/**
 * Checks the alerts that are due for their daily check, in all given shards at once. Time alone changes figures, and a check
 * that the stream has lost is made up for. Teams that time leaves over are checked by the next run, like those that fail.
 * Throws at its end if one failed; throws Busy if all of those were busy.
 */
export async function checkDueAlerts(deps: DueAlertDeps, shards: readonly number[]): Promise<number> {
  const elapsed = stopwatch()
  const now = deps.clock.now()
  const failures = new Failures('check-alerts')
  let teams = 0
  const check = async ({ teamId, dueAt }: DueTeam) => {
    if (elapsed() > checkBudgetMs) return
    try {
      await checkAlerts(deps.operations, teamId)
      await deps.alerts.planNext(teamId, dueAt)
      teams += 1
    } catch (error) {
      failures.add(teamId, error)
    }
  }
  await atOnce(shards, shards.length, async (shard) => {
    await atOnce(paced(dueAlerts(deps.table, shard, now)), shardPace.teamsAtOnce, check)
  })
  failures.throwIfAny()
  return teams
}
