import type { UsageEvent, UsageResult } from '../../core/commands/record-usage.ts'
import { atOnce } from '../runtime/at-once.ts'
import { Busy } from '../runtime/busy.ts'
import type { MeterDeps } from '../runtime/meter-deps.ts'

/** Events of one transaction: with the account they stay below the limit of a hundred items. */
const eventsPerCommit = 90
/** Teams of one request that are recorded at once; fewer than the client's 50 connections. */
export const teamsAtOnce = 32

export interface Recorded {
  readonly results: readonly UsageResult[]
  /** Seconds after which to send the events without a result again: the longest that a busy team asks for, at least 1. */
  readonly retryAfterSeconds: number
}

/**
 * Records events of different ids, those of each team in their order. Returns the results so far when time runs out. The events
 * of a team that stays busy have no result; nor have those that were not begun. An error of one team is thrown when the others
 * are done.
 */
export async function recordTeams(
  deps: Pick<MeterDeps, 'operations'>,
  eventsByTeam: ReadonlyMap<string, readonly UsageEvent[]>,
  isLate: () => boolean,
): Promise<Recorded> {
  const results: UsageResult[] = []
  const errors: unknown[] = []
  let retryAfterSeconds = 1
  await atOnce(eventsByTeam, teamsAtOnce, async ([teamId, events]) => {
    try {
      for (let start = 0; start < events.length && !isLate(); start += eventsPerCommit)
        results.push(...(await recordSome(deps, teamId, events.slice(start, start + eventsPerCommit))))
    } catch (error) {
      if (error instanceof Busy) retryAfterSeconds = Math.max(retryAfterSeconds, error.retryAfterSeconds)
      else errors.push(error)
    }
  })
  if (errors.length > 0) throw errors[0]
  return { results, retryAfterSeconds }
}

async function recordSome(
  { operations }: Pick<MeterDeps, 'operations'>,
  teamId: string,
  events: readonly UsageEvent[],
): Promise<readonly UsageResult[]> {
  const result = await operations.run(teamId, { kind: 'record-usage', events })
  if (result === 'absent' || 'refused' in result) throw new Error('usage is never refused')
  return result.answer
}
