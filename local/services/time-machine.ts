import { earliest, hourMs } from '../../core/time/time.ts'
import type { TestClock } from './clock.ts'

/** The most stops of one move; the rest of the way is one jump. */
const stopsMax = 1_000
/** The sweep and the other schedules that follow a due date fire within an hour. */
const sweepMs = hourMs

export interface TimeMachineParts {
  readonly clock: TestClock
  /** Performs the work that is due by the clock. */
  readonly catchUp: () => Promise<void>
  /** The first instant after the given one at which an account falls due. */
  readonly nextDue: (after: number) => Promise<number | undefined>
  /** The first instant at which something ends its wait: a workflow (reminders, steps of a recovery), a payment's result. */
  readonly nextWaitEnd: () => number | undefined
}

/**
 * Moves the clock to `target`, and stops wherever something falls due on the way, so that each date meets what the dates before it
 * have caused. Returns false, and does not move, when `target` is earlier than the clock.
 */
export async function travel(target: number, parts: TimeMachineParts): Promise<boolean> {
  const { clock } = parts
  if (target < clock.now()) return false
  // Within an hour, the schedules begin what was asked for just now.
  await stopAt(Math.min(target, clock.now() + sweepMs), parts)
  for (let stops = 0; stops < stopsMax; stops++) {
    const stop = await nextStop(clock.now(), parts)
    if (stop === undefined || stop >= target) break
    await stopAt(stop, parts)
  }
  await stopAt(target, parts)
  return true
}

async function stopAt(at: number, { clock, catchUp }: TimeMachineParts): Promise<void> {
  clock.moveTo(at)
  await catchUp()
}

async function nextStop(
  now: number,
  { nextDue, nextWaitEnd }: TimeMachineParts,
): Promise<number | undefined> {
  const due = await nextDue(now - sweepMs)
  const waitEnd = nextWaitEnd()
  const swept = due === undefined ? undefined : due + sweepMs
  return earliest(swept, waitEnd === undefined || waitEnd <= now ? undefined : waitEnd)
}
