import { getHealth as call, type HealthAnswer, type HealthCheckAnswer } from '../../contract/get-health.ts'
import { lateMs } from '../../contract/health-limits.ts'
import { instantToJson } from '../../contract/instant.ts'
import type { Instant } from '../../core/time/time.ts'
import type { Outcome } from '../http/outcome.ts'
import { route } from '../http/route.ts'
import type { Deps } from '../runtime/deps.ts'
import { agesOf, followers, type Lag, lagsOf, recentTeams } from '../store/followers.ts'
import { type Pending, pendingWork } from '../store/pending.ts'

/** Teams of each kind and shard whose readers are examined: at most 240 teams, as in the hourly check. */
const teamsPerShard = 5

type Name = HealthCheckAnswer['check']

const alarmOf: Readonly<Record<Name, keyof typeof lateMs>> = {
  'accounts-due': 'sweep-behind',
  'alerts-due': 'sweep-behind',
  'deliveries-due': 'deliveries-behind',
  'usage-view': 'readers-behind',
  events: 'readers-behind',
  archive: 'readers-behind',
}

export interface HealthDeps extends Pick<Deps, 'table' | 'journal' | 'clock'> {
  /** Absent: the runbook has no URL. */
  readonly runbookUrl?: string | undefined
}

/** Shows the pending work, and the readers of teams that have changed lately. Its cost does not grow with the number of teams. */
export function getHealth({ table, journal, clock, runbookUrl }: HealthDeps) {
  return route(call, async (): Promise<Outcome> => {
    const now = clock.now()
    const [work, examined] = await Promise.all([
      pendingWork(table, now),
      recentTeams(table, now, teamsPerShard),
    ])
    const lags = await lagsOf(table, examined)
    const behind = async (follower: Lag['follower']): Promise<Pending> => {
      const own = lags.filter((lag) => lag.follower === follower)
      const ages = (await agesOf(journal, own, now)).map(({ lagMs }) => lagMs)
      return { count: own.length, isMore: false, ...(ages.length > 0 && { since: now - Math.max(...ages) }) }
    }
    const readers = await Promise.all(followers.map(async (name) => [name, await behind(name)] as const))
    const found: readonly (readonly [Name, Pending])[] = [
      ['accounts-due', work.accounts],
      ['alerts-due', work.alerts],
      ['deliveries-due', work.deliveries],
      // The marks name every team that the archive has to read, also those that were not examined.
      ...readers.map(([name, pending]): readonly [Name, Pending] =>
        name === 'archive' ? [name, { ...pending, ...work.unarchived }] : [name, pending],
      ),
    ]
    const checks = found.map(([name, pending]) => checkOf(name, pending, now))
    const body: HealthAnswer = {
      at: instantToJson(now),
      checks,
      ...(runbookUrl !== undefined && { runbookUrl }),
      examinedTeams: examined.length,
    }
    return { status: 200, body }
  })
}

function checkOf(check: Name, { count, isMore, since }: Pending, now: Instant): HealthCheckAnswer {
  const alarm = alarmOf[check]
  const isLate = since !== undefined && now - since >= lateMs[alarm]
  return {
    check,
    state: isLate ? 'attention' : 'good',
    waiting: count,
    isMore,
    ...(since !== undefined && { since: instantToJson(since) }),
    alarm,
  }
}
