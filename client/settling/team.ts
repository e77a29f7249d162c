import type { Row, RowSource } from './row.ts'

/** Refused calls of a team are asked for again at most this often. */
export const askAgainMs = 1_000

/** The rows of one team. One request of a team is on its way at a time, so that the next one takes all that came meanwhile. */
export interface Team {
  /** Sources that have rows to send. */
  readonly sources: Set<RowSource>
  /** Rows without a definite answer, to be repeated first. */
  unanswered: readonly Row[]
  isBusy: boolean
  /** Number of holders that draw on the team. */
  holders: number
  /** Monotonic instant before which nothing is sent. */
  notBefore: number
  /** Failed tries in a row. */
  failures: number
  /** Monotonic instant from which refused calls may be asked for again. */
  askAgainAt: number
  /** Functions that ask again for refused calls, of all holders that had one since they asked. */
  readonly refused: Set<() => void>
}

export function createTeam(): Team {
  return {
    sources: new Set(),
    unanswered: [],
    isBusy: false,
    holders: 0,
    notBefore: 0,
    failures: 0,
    askAgainAt: 0,
    refused: new Set(),
  }
}

export function hasWork({ sources, unanswered }: Team): boolean {
  return sources.size + unanswered.length > 0
}

/** Takes the rows to send, at most `max`; the others stay. */
export function takeRows(team: Team, max: number): readonly Row[] {
  const waiting = team.unanswered.filter((row) => !row.isAbandoned?.())
  const rows = waiting.slice(0, max)
  team.unanswered = waiting.slice(max)
  for (const source of team.sources) {
    if (rows.length >= max) break
    rows.push(...source(max - rows.length))
    // A source that filled the room may have more.
    if (rows.length < max) team.sources.delete(source)
  }
  return rows
}

/** Asks again for all refused calls, if the last time is long enough ago. They share one request. */
export function askAgain(team: Team, now: number): void {
  if (now < team.askAgainAt) return
  team.askAgainAt = now + askAgainMs
  const asking = [...team.refused]
  team.refused.clear()
  for (const ask of asking) ask()
}
