import * as v from 'valibot'
import { checkDueAlerts } from '../alerts/check-due-alerts.ts'
import { atOnce } from '../runtime/at-once.ts'
import { stopwatch } from '../runtime/clock.ts'
import type { Deps } from '../runtime/deps.ts'
import { Failures } from '../runtime/failures.ts'
import { toHandler } from '../runtime/handler.ts'
import { metrics } from '../runtime/metrics.ts'
import { openDeps } from '../runtime/open-deps.ts'
import { paced, shardPace } from '../runtime/pace.ts'
import { type DueTeam, dueTeams } from '../store/due.ts'
import { dueShards } from '../store/keys.ts'

export interface SweepDeps extends Pick<Deps, 'table' | 'catalog' | 'clock'> {
  readonly operations: Pick<Deps['operations'], 'advance'>
}

export interface Swept {
  readonly teams: number
  readonly entries: number
  /** False when time ran out: the next run goes on, because the finished accounts are no longer due. */
  readonly isDone: boolean
}

/** Time in which one run may begin new work; less than the function's timeout. */
export const sweepBudgetMs = 4 * 60_000

const shard = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(dueShards - 1))
/** The shards of a run; without them, it sweeps all. */
const SweepInput = v.nullish(v.object({ shards: v.optional(v.pipe(v.array(shard), v.minLength(1))) }))

const everyShard: readonly number[] = Array.from({ length: dueShards }, (_, number) => number)

/**
 * Writes the effects of time to idle accounts, in all given shards at once. It reads only the due accounts. No decision depends
 * on when or how often it runs, or whether two run at once. A team that fails delays no other. Throws at its end if one failed;
 * throws Busy if all of those were busy.
 */
export async function sweep(deps: SweepDeps, shards: readonly number[] = everyShard): Promise<Swept> {
  const elapsed = stopwatch()
  const catalog = await deps.catalog.read()
  const now = deps.clock.now()
  const failures = new Failures('sweep')
  let [teams, entries, left, oldest] = [0, 0, shards.length, now]
  const onDue = ({ dueAt }: DueTeam) => {
    oldest = Math.min(oldest, dueAt)
    return elapsed() <= sweepBudgetMs
  }
  const sweepTeam = async ({ teamId }: DueTeam) => {
    try {
      const written = await deps.operations.advance(teamId, catalog)
      entries += written
      teams += 1
    } catch (error) {
      failures.add(teamId, error)
    }
  }
  try {
    await atOnce(shards, shards.length, async (number) => {
      const due = until(paced(dueTeams(deps.table, number, now)), onDue)
      await atOnce(due.teams, shardPace.teamsAtOnce, sweepTeam)
      if (!due.isCut()) left -= 1
    })
  } finally {
    metrics.add('SweepDue', teams)
    metrics.add('SweepEntries', entries)
    metrics.add('SweepShardsLeft', left)
    metrics.add('SweepOldestDueAge', now - oldest)
  }
  failures.throwIfAny()
  return { teams, entries, isDone: left === 0 }
}

/** The due teams of a shard, until `goesOn` returns false for one. `isCut` tells whether it has. */
function until(due: AsyncIterable<DueTeam>, goesOn: (team: DueTeam) => boolean) {
  let isCut = false
  async function* teams() {
    for await (const team of due) {
      isCut = !goesOn(team)
      if (isCut) return
      yield team
    }
  }
  return { teams: teams(), isCut: () => isCut }
}

const deps = openDeps()

/** Sweeps the accounts, and then checks the alerts that are due, whose figures the sweep may have changed. */
export const handler = toHandler('sweep', async (input: unknown) => {
  const shards = v.parse(SweepInput, input)?.shards ?? everyShard
  try {
    return await sweep(deps, shards)
  } finally {
    await checkDueAlerts(deps, shards)
  }
})
