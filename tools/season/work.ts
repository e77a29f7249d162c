import { dayMs, hourMs, type Instant, minuteMs } from '../../core/time/time.ts'
import type { SeededRandom } from '../sample/random.ts'
import type { SeasonTeam } from './teams.ts'

interface Kind {
  readonly weight: number
  readonly meter: string
  readonly low: number
  readonly high: number
  /** True if a large team uses more of it at a time. */
  readonly grows: boolean
}

/** Meter and quantity at a time (base units) of a call or an event, for a team of size 1. */
const kinds: readonly Kind[] = [
  { weight: 6, meter: 'model-derivative-complex-job', low: 1, high: 4, grows: false },
  { weight: 4, meter: 'model-derivative-simple-job', low: 1, high: 10, grows: false },
  { weight: 6, meter: 'automation-autocad', low: 240, high: 3_000, grows: true },
  { weight: 3, meter: 'automation-revit', low: 600, high: 4_800, grows: true },
  { weight: 3, meter: 'model-derivative-basic', low: 4_000, high: 60_000, grows: true },
  { weight: 2, meter: 'data-management', low: 1, high: 500, grows: false },
]

/** Any meter, for a call that only checks permission. */
export const ratedMeter = 'automation-autocad'
/** No limit and no balance can refuse this meter: only the plan, the hub and the operators can. */
export const unratedApi = 'data-management'

export interface Work {
  readonly appId: string
  readonly meter: string
  readonly quantity: number
}

export function someWork({ apps, size, random }: SeasonTeam): Work {
  const { meter, low, high, grows } = random.weighted(kinds)
  const quantity = random.between(low, high) * (grows ? size : 1)
  return { appId: anyOf(apps, random), meter, quantity }
}

export function anyOf(apps: readonly string[], random: SeededRandom): string {
  const appId = apps[random.between(0, apps.length - 1)]
  if (appId === undefined) throw new Error('A team of the season has no app')
  return appId
}

/** Makes an event for work that was done in the hours before `now` and reported afterwards. */
export function usageEvent(id: string, { appId, meter, quantity }: Work, now: Instant, random: SeededRandom) {
  const time = now - random.between(0, (12 * hourMs) / minuteMs - 1) * minuteMs
  return {
    specversion: '1.0',
    type: 'aps.usage.v1',
    source: 'urn:aps:season',
    id,
    subject: appId,
    time: new Date(time).toISOString(),
    data: { meter, quantity },
  }
}

/**
 * Number of teams in a thousand that report a day's work and make a call. It is lower on Saturdays and
 * Sundays.
 */
export function busyPerMille(now: Instant): { readonly reports: number; readonly calls: number } {
  const weekday = Math.floor(now / dayMs + 4) % 7
  return weekday === 0 || weekday === 6 ? { reports: 50, calls: 25 } : { reports: 130, calls: 60 }
}
