import type { Account, Due } from '../account/account.ts'
import { paidForOf } from '../account/dues.ts'
import { isStopped, stopsAt } from '../invoice/recovery.ts'
import { closesAt, dayMs, type Instant } from '../time/time.ts'
import type { TeamCounts } from './states.ts'

/** The stages of a due, in the order in which operators look at them. */
export const dueStages = ['overdue', 'charged-back', 'nobody-to-warn', 'failed', 'waiting'] as const
export type DueStage = (typeof dueStages)[number]

/** A bill usually has the result of its payment within minutes. After this long somebody asks the processor. */
export const silentAfterMs = 3 * dayMs

/** The dues of a team in one stage. */
export interface StagedDues {
  readonly stage: DueStage
  /** The instant since which the oldest of them is in the stage. */
  readonly since: Instant
  readonly usdCents: number
  readonly dues: readonly Due[]
}

/** The dues of a team by stage, in the order of `dueStages`; stages without a due are left out. */
export function stagedDues({ dues }: Account, { admins }: Pick<TeamCounts, 'admins'>): readonly StagedDues[] {
  return dueStages.flatMap((stage) => {
    const some = dues.filter((due) => stageOf(due, admins) === stage)
    if (some.length === 0) return []
    const since = Math.min(...some.map((due) => sinceOf(due, stage)))
    return [{ stage, since, usdCents: some.reduce((sum, due) => sum + due.usdCents, 0), dues: some }]
  })
}

function stageOf(due: Due, admins: number): DueStage {
  if (isStopped(due)) return 'overdue'
  if ('chargeBack' in paidForOf(due.dueId)) return 'charged-back'
  if (due.failedAt === undefined) return 'waiting'
  return admins === 0 ? 'nobody-to-warn' : 'failed'
}

/** Charge-backs count as failed from the beginning, so a due without a failure is a bill. */
function sinceOf(due: Due, stage: DueStage): Instant {
  const stoppedAt = stage === 'overdue' ? stopsAt(due) : undefined
  const paidFor = paidForOf(due.dueId)
  const billedAt = 'invoice' in paidFor ? closesAt(paidFor.invoice) : 0
  return stoppedAt ?? due.failedAt ?? billedAt
}
