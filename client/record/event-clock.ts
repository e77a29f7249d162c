import type { Environment } from '../environment.ts'
import type { Clocks, StoredEvent } from './stored-event.ts'

type Time = Pick<StoredEvent, 'time' | 'clocks'>

export interface EventClock {
  /** The time of a use that happens now: the server's, or the process's own clocks while that is not known. */
  stamp(): Time
  /** False while the event's time cannot be stated, because the server's clock is not known. */
  canTell(event: StoredEvent): boolean
  /** Epoch milliseconds of the server's clock. */
  timeOf(event: StoredEvent): number
  /** Takes the machine's clock for the server's, where the server does not state its time. */
  trustWallClock(): void
}

/** Readings of three clocks at one instant. */
interface Anchor {
  readonly server: number
  readonly wall: number
  readonly elapsed: number
}

/**
 * Gives events the time of the server's clock, also those of a time when it was not known yet. An event of this process is
 * dated back on the clock that never jumps. One that an earlier process stored is moved by the error of the machine's clock,
 * which is taken to be the same as then, but not into the future. The clocks are compared once: a repeated event must have
 * the same time, because its id is bound to it.
 */
export function openEventClock(
  { wallClock, elapsed, newId }: Pick<Environment, 'wallClock' | 'elapsed' | 'newId'>,
  serverNow: () => number | undefined,
): EventClock {
  const process = newId()
  let anchor: Anchor | undefined
  const read = (): Anchor | undefined => {
    const server = anchor === undefined ? serverNow() : undefined
    if (server !== undefined) anchor = { server, wall: wallClock(), elapsed: elapsed() }
    return anchor
  }
  return {
    stamp: () => {
      const now = serverNow()
      if (now !== undefined) return { time: Math.floor(now) }
      return { clocks: { wall: wallClock(), elapsed: elapsed(), process } }
    },
    canTell: ({ time }) => time !== undefined || read() !== undefined,
    timeOf: ({ time, clocks }) => {
      const known = read()
      if (time !== undefined) return time
      if (known === undefined || clocks === undefined) throw new Error('the time of an event is not known')
      return Math.floor(inServerTime(clocks, known, process))
    },
    trustWallClock: () => {
      const wall = wallClock()
      anchor ??= { server: wall, wall, elapsed: elapsed() }
    },
  }
}

function inServerTime(clocks: Clocks, anchor: Anchor, process: string): number {
  if (clocks.process === process) return anchor.server + clocks.elapsed - anchor.elapsed
  return Math.max(0, anchor.server + Math.min(0, clocks.wall - anchor.wall))
}
