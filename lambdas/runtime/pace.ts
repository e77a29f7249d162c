import { stopwatch } from './clock.ts'
import { pause } from './pause.ts'

const secondMs = 1_000

/**
 * The bounds of background work on the teams of one shard. All 16 shards of a sweep together write about 1,600 units in a second,
 * and the readers that follow about as many. The rest of what a fresh table takes (4,000) is left to customers.
 */
export const shardPace = {
  /** Teams that are worked on at once: a team that is busy for seconds holds up one of these places. */
  teamsAtOnce: 16,
  /** Teams that are begun in a second, after a first burst. */
  teamsPerSecond: 14,
  teamsBurst: 32,
} as const

/**
 * Returns a function that resolves at most `perSecond` times in a second, after a first burst of `burst`. Background work takes
 * a turn before each team, so that it leaves the table's write units to customers.
 */
export function paceOf(perSecond: number, burst: number): () => Promise<void> {
  const elapsed = stopwatch()
  let turns = 0
  return async () => {
    const at = ((turns - burst + 1) * secondMs) / perSecond
    turns += 1
    const waitMs = at - elapsed()
    if (waitMs > 0) await pause(waitMs)
  }
}

/** Yields the teams of one shard, each at its turn within `shardPace`. */
export async function* paced<Team>(teams: AsyncIterable<Team>): AsyncGenerator<Team> {
  const turn = paceOf(shardPace.teamsPerSecond, shardPace.teamsBurst)
  for await (const team of teams) {
    await turn()
    yield team
  }
}
