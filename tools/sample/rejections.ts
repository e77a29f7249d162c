import { dayMs } from '../../core/time/time.ts'
import type { SeededRandom } from './random.ts'
import { type Arrival, instant, type UsageEvent } from './usage-event.ts'

type Spoil = (event: UsageEvent, random: SeededRandom, time: number) => unknown

/** Faults of real reports. A line with such a fault is rejected at any time and on every try. */
const spoils: readonly { readonly weight: number; readonly spoil: Spoil }[] = [
  { weight: 6, spoil: (event) => ({ ...event, subject: 'retired-app' }) },
  { weight: 5, spoil: (event, random, time) => movedByDays(event, time, -random.between(70, 90)) },
  { weight: 3, spoil: (event, random, time) => movedByDays(event, time, random.between(45, 60)) },
  { weight: 3, spoil: (event) => withData(event, { meter: 'automation-autocat' }) },
  { weight: 1, spoil: (event) => withData(event, { quantity: 0 }) },
  { weight: 1, spoil: (event, random) => withData(event, { quantity: -random.between(1, 900) }) },
  { weight: 1, spoil: (event) => withData(event, { quantity: 0.5 }) },
  { weight: 1, spoil: (event) => withData(event, { quantity: '60' }) },
  { weight: 1, spoil: (event) => ({ ...event, time: 'yesterday' }) },
  { weight: 1, spoil: ({ subject: _, ...event }) => event },
  // A line that a full disk has cut off is not JSON.
  { weight: 3, spoil: (event, random) => JSON.stringify(event).slice(0, random.between(20, 120)) },
]

/** Makes a line that must be rejected from a good event of `time` (epoch milliseconds). */
export function badLine(random: SeededRandom, event: UsageEvent, time: number): Arrival {
  const spoiled = random.weighted(spoils).spoil(event, random, time)
  const line = typeof spoiled === 'string' ? spoiled : JSON.stringify(spoiled)
  return { arrivedAt: time + 1_000, line }
}

function movedByDays(event: UsageEvent, time: number, days: number): UsageEvent {
  return { ...event, time: instant(time + days * dayMs) }
}

function withData(event: UsageEvent, change: Record<string, unknown>): unknown {
  return { ...event, data: { ...event.data, ...change } }
}
