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

/** Whole seconds to wait until an instant, at least 1 and at most six hours. */
export function secondsUntil(until: Instant, now: Instant): number {
  return Math.max(1, Math.ceil(Math.min(waitMaxMs, until - now) / secondMs))
}
