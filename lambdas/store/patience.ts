import type { CommandKind } from '../../core/decide.ts'
import { randomSeconds } from '../runtime/pause.ts'
import { Memory } from './memory.ts'

/** Bounds of an operation that loses races. Beyond them its caller is turned away, with 503 and `Retry-After`. */
export interface Patience {
  readonly racesMax: number
  readonly ms: number
}

/** For work that may start later: turning its caller away costs less than many who keep trying. */
export const shortPatience: Patience = { racesMax: 2, ms: 8_000 }

/** For work that is done, and for money: both must get in, even while many authorizations race with them. */
export const longPatience: Patience = { racesMax: 200, ms: 8_000 }

export function patienceOf(kind: CommandKind): Patience {
  return kind === 'authorize' || kind === 'settle' ? shortPatience : longPatience
}

/** Longest random pause, in milliseconds, before the next try. A transaction on the account ends within the first one. */
export function pauseMsMax(triesBefore: number): number {
  return Math.min(500, 16 * 2 ** triesBefore)
}

const teamsMax = 1_000
const rangeMaxSeconds = 60
/** Two callers that meet by chance come back within seconds; hundreds of them are spread over a minute after two rounds. */
const growth = 8
/** Under constant load, about one caller is then turned away for every 20 operations that are committed. */
const shrinkage = 0.9

/**
 * The contention that an instance sees on each team. It draws `Retry-After` from a range that grows eightfold with each caller
 * who is turned away and shrinks by a tenth with each commit, and it doubts its memory of an account that has cost a race.
 */
export class Contention {
  private readonly ranges = new Memory<number>(teamsMax)
  private readonly doubted = new Memory<true>(teamsMax)

  /** True if the remembered account is probably old: reading it costs a fraction of a lost race. */
  isDoubted(teamId: string): boolean {
    return this.doubted.get(teamId) === true
  }

  /** Notes that the remembered account was old. */
  doubt(teamId: string): void {
    this.doubted.set(teamId, true)
  }

  /** Notes that the remembered account is the stored one. */
  trust(teamId: string): void {
    this.doubted.delete(teamId)
  }

  /** Notes a committed operation. */
  relax(teamId: string): void {
    const range = (this.ranges.get(teamId) ?? 1) * shrinkage
    if (range > 1) this.ranges.set(teamId, range)
    else this.ranges.delete(teamId)
  }

  /** Notes a caller who is turned away. Returns the whole seconds after which to come back, from 1 to 60. */
  turnAway(teamId: string): number {
    const range = Math.min(rangeMaxSeconds, (this.ranges.get(teamId) ?? 1) * growth)
    this.ranges.set(teamId, range)
    this.doubt(teamId)
    return randomSeconds(range)
  }
}
