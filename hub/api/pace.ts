/* The pace at which the page asks for the balance, which tells it if anything else has changed. The bench counts with these numbers. */

/** Pauses between two requests for the balance, in milliseconds. */
export const pauses = {
  /** After a change of this page, so that what follows from it shows within two seconds. */
  quick: 1_000,
  /** While somebody works on the page, so that others' changes show within ten seconds. */
  working: 5_000,
  /** Without a pointer, a key or a focus for some minutes; a change still shows within a minute. */
  idle: 58_000,
  /** While nobody can see the page. Nothing but the balance is read then. */
  hidden: 60_000,
} as const

/** A page counts as idle after this time without a pointer, a key or a focus. */
export const untouchedMilliseconds = 300_000
/** A change of this page is followed quickly for this time, and longer while the daily usage does not count it yet. */
export const followedMilliseconds = 10_000
export const followedMaxMilliseconds = 30_000
/** The offer and the person's teams belong to no team. They are read again after this time, and after five times as long on an idle page. */
export const unannouncedMilliseconds = { working: 60_000, idle: 300_000 } as const

const hourMilliseconds = 3_600_000
/** The most requests of an idle page in an hour. */
export const idleRequestsMax = 120

/** The facts that decide the pace. Instants are milliseconds of the page's clock. */
export interface Activity {
  readonly now: number
  readonly isHidden: boolean
  readonly touchedAt: number
  /** The last change that this page made. */
  readonly changedAt: number
  /** True if the daily usage does not count all entries yet. */
  readonly isBehind: boolean
}

export type Pace = keyof typeof pauses

export function paceOf({ now, isHidden, touchedAt, changedAt, isBehind }: Activity): Pace {
  if (isHidden) return 'hidden'
  if (now - touchedAt >= untouchedMilliseconds) return 'idle'
  return now - changedAt < (isBehind ? followedMaxMilliseconds : followedMilliseconds) ? 'quick' : 'working'
}

/**
 * Milliseconds until the page may read again what has changed, after it has read this number of answers. An idle page
 * stays below its requests in an hour, however often its team changes and however much the page shows.
 */
export function readingPauseOf(pace: Pace, requests: number): number {
  if (pace === 'hidden') return Number.POSITIVE_INFINITY
  if (pace !== 'idle') return 0
  return (requests * hourMilliseconds) / (idleRequestsMax - hourMilliseconds / pauses.idle)
}
