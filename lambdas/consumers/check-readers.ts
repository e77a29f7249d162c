import type { Instant } from '../../core/time/time.ts'
import type { Deps } from '../runtime/deps.ts'
import { toHandler } from '../runtime/handler.ts'
import { logger } from '../runtime/log.ts'
import { metrics } from '../runtime/metrics.ts'
import { openDeps } from '../runtime/open-deps.ts'
import { agesOf, type Follower, followers, type Lag, lagsOf, recentTeams } from '../store/followers.ts'

/** Teams of each kind and shard that one run looks at: at most 240 teams, by 48 queries. */
const teamsPerShard = 5
/** The age from which a lag is logged: readers follow within seconds, the archive within minutes. */
const tellMs = 15 * 60_000

export interface Checked {
  readonly teams: number
  /** Age in milliseconds of the oldest entry that each reader has not read; 0 if it has read all. */
  readonly lagMs: Readonly<Record<Follower, number>>
}

/**
 * Counts how far the usage view, the events and the archive are behind the accounts. A mapping of the stream that is disabled,
 * or may not read it, has no separate metric: it is silent, as if nothing had happened. The reads of a run are bounded, so a
 * single team that is stuck may be missed; a reader that has stopped is not, because every active team falls behind.
 */
export async function checkReaders(deps: Pick<Deps, 'table' | 'journal' | 'clock'>): Promise<Checked> {
  const now = deps.clock.now()
  const teamIds = await recentTeams(deps.table, now, teamsPerShard)
  const lags = await lagsOf(deps.table, teamIds)
  const ages = await Promise.all(
    followers.map(async (follower) => {
      const own = lags.filter((lag) => lag.follower === follower)
      const lagMs = await oldestAge(deps, own, now)
      metrics.add('ReaderLag', lagMs, { Consumer: follower })
      return [follower, lagMs] as const
    }),
  )
  return { teams: teamIds.length, lagMs: Object.fromEntries(ages) as Checked['lagMs'] }
}

async function oldestAge(deps: Pick<Deps, 'journal'>, lags: readonly Lag[], now: Instant): Promise<number> {
  const aged = await agesOf(deps.journal, lags, now)
  for (const lag of aged) if (lag.lagMs >= tellMs) logger.warn({ message: 'behind', ...lag })
  return Math.max(0, ...aged.map(({ lagMs }) => lagMs))
}

const deps = openDeps()

export const handler = toHandler('check-readers', () => checkReaders(deps))
