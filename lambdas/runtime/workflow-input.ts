import * as v from 'valibot'
import { hourMs, type Instant, secondMs } from '../../core/time/time.ts'

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(64))

/** One step of a campaign, as state machines pass it on. */
const step = v.object({ notice: v.picklist(['announced', 'reminded', 'stopped']), scheduledAt: v.number() })

export const CampaignInput = v.object({ campaignId: id })
export const StepInput = v.object({ campaignId: id, step })
export const ShardInput = v.object({ campaignId: id, step, shard: v.pipe(v.number(), v.integer()) })
export const RecoveryInput = v.object({ teamId: id })

/** The longest wait before a workflow asks again: it notices a moved date within that time. */
const waitMaxMs = 6 * hourMs

export interface Wait {
  readonly verdict: 'wait'
  /** At least 1 and at most six hours, after which the function looks again: its dates may have moved. */
  readonly seconds: number
  /** The date itself (RFC 3339), for a clock that can be moved to it. */
  readonly until: string
}

export function waitUntil(until: Instant, now: Instant): Wait {
  const seconds = Math.max(1, Math.ceil(Math.min(waitMaxMs, until - now) / secondMs))
  return { verdict: 'wait', seconds, until: new Date(until).toISOString() }
}
