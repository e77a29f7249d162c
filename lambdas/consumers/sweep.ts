import type { Deps } from '../runtime/deps.ts'
import { toHandler } from '../runtime/handler.ts'
import { metrics } from '../runtime/metrics.ts'
import { openDeps } from '../runtime/open-deps.ts'
import { dueTeams } from '../store/due.ts'
import { dueShards } from '../store/keys.ts'

export interface Swept {
  readonly teams: number
  readonly entries: number
  /** False when time ran out: the next run goes on, because the finished accounts are no longer due. */
  readonly isDone: boolean
}

/** Time in which one run may begin new work; less than the function's timeout. */
const budgetMs = 4 * 60_000
/** Shards that are swept at once. */
const shardsAtOnce = 8

/**
 * Writes the effects of time to idle accounts. It reads only the due accounts. No decision depends on when or how often it
 * runs, or whether two run at once.
 */
export async function sweep(deps: Deps): Promise<Swept> {
  const startedAt = performance.now()
  const catalog = await deps.catalog.read()
  const now = deps.clock.now()
  const isLate = () => performance.now() - startedAt > budgetMs
  const shards = Array.from({ length: dueShards }, (_, shard) => shard)
  let teams = 0
  let entries = 0
  let left: number = dueShards
  let oldest = now
  const workers = Array.from({ length: shardsAtOnce }, async () => {
    for (let shard = shards.shift(); shard !== undefined; shard = shards.shift()) {
      for await (const { teamId, dueAt } of dueTeams(deps.table, shard, now)) {
        oldest = Math.min(oldest, dueAt)
        if (isLate()) return
        entries += await deps.operations.advance(teamId, catalog)
        teams += 1
      }
      left -= 1
    }
  })
  try {
    await Promise.all(workers)
  } finally {
    metrics.add('SweepDue', teams)
    metrics.add('SweepEntries', entries)
    metrics.add('SweepShardsLeft', left)
    metrics.add('SweepOldestDueAge', now - oldest)
  }
  return { teams, entries, isDone: !isLate() }
}

const deps = openDeps()

export const handler = toHandler('sweep', () => sweep(deps))
