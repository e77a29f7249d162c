import { billingDelayMs, dayMs, hourMs, type Instant, secondMs } from '../../core/time/time.ts'

const at = (text: string): Instant => Date.parse(text)

/** The played days. Tokens that expire during these days were bought a year before. */
export const seasonFrom = at('2025-11-01T00:00:00Z')
export const seasonTo = at('2026-02-28T23:59:59Z')

export const campaignId = 'aps-2025'
export const launchAt = at('2025-12-08T00:00:00Z')
/** The first announced deadline, and the day on which it was moved. */
export const firstDeadlineAt = at('2026-01-17T00:00:00Z')
export const movedAt = at('2026-01-10T12:00:00Z')
export const deadlineAt = at('2026-02-19T00:00:00Z')
/** Reminders of the moved deadline. */
export const remindAt: readonly Instant[] = [14, 7, 3, 1].map((days) => deadlineAt - days * dayMs)

/** Days of purchases whose tokens expire in the season, a year later, at the end of the same day. */
export const oldPurchaseDays: readonly Instant[] = [
  '2024-11-20',
  '2024-12-20',
  '2025-01-14',
  '2025-02-22',
].map((day) => at(`${day}T12:00:00Z`))

export interface Phase {
  readonly name: readonly [string, string]
  readonly from: Instant
}

/** In order. Events before the first phase belong to it. */
export const phases: readonly Phase[] = [
  { name: ['before', 'the launch'], from: seasonFrom },
  { name: ['grace', ''], from: launchAt },
  { name: ['last', 'two weeks'], from: firstDeadlineAt - 14 * dayMs },
  { name: ['deadline', 'moved'], from: movedAt },
  { name: ['after the', 'deadline'], from: deadlineAt },
]

/** The index in `phases` of an instant. */
export function phaseAt(instant: Instant): number {
  return Math.max(
    0,
    phases.findLastIndex((phase) => phase.from <= instant),
  )
}

/**
 * A stop of the clock. `work`: a day's usage. `all`: every app makes a call, because a deadline has passed.
 * `some`: a few apps do, because a month, a bill or the season begins or ends.
 */
export interface Moment {
  readonly at: Instant
  readonly calls: 'work' | 'all' | 'some' | 'none'
}

const monthStarts = ['2025-12-01', '2026-01-01', '2026-02-01'].map((day) => at(`${day}T00:00:00Z`))

/**
 * Lists every stop of the clock, in order: noon of each day, or of every `dayStep`th day, and both sides of
 * every instant at which something changes.
 */
export function moments(dayStep = 1): readonly Moment[] {
  const days = Math.ceil((seasonTo - seasonFrom) / dayMs / dayStep)
  const noons = Array.from({ length: days }, (_, day) => seasonFrom + day * dayStep * dayMs + 12 * hourMs)
  const edges = [...monthStarts, ...monthStarts.map((start) => start + billingDelayMs), launchAt]
  const deadlines = [firstDeadlineAt, deadlineAt]
  const all: Moment[] = [
    ...oldPurchaseDays.map((day): Moment => ({ at: day, calls: 'none' })),
    { at: seasonFrom, calls: 'none' },
    { at: movedAt, calls: 'none' },
    ...noons.map((noon): Moment => ({ at: noon, calls: 'work' })),
    ...[...edges, ...deadlines].flatMap(around),
    ...deadlines.map((at): Moment => ({ at, calls: 'all' })),
    { at: seasonTo, calls: 'some' },
  ]
  return distinct(all.toSorted((first, second) => first.at - second.at))
}

function around(edge: Instant): readonly Moment[] {
  return [-secondMs, 0, secondMs].map((shift) => ({ at: edge + shift, calls: 'some' }))
}

/** Keeps the last of several stops at the same instant. */
function distinct(inOrder: readonly Moment[]): readonly Moment[] {
  return inOrder.filter((moment, index) => inOrder[index + 1]?.at !== moment.at)
}
