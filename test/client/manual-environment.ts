import type { Environment, Received, Sent } from '../../client/environment.ts'

export interface ManualEnvironment extends Environment {
  /** Moves both clocks, and runs the timers that are due. */
  advance(ms: number): Promise<void>
  /** Moves the machine's clock alone. */
  setWallClock(time: number): void
  /** Requests so far. */
  readonly sent: readonly Sent[]
}

/** An environment whose time moves by hand. Each request goes to `answer`; without an answer, it rejects. */
export function manualEnvironment(
  answer: (sent: Sent) => Promise<Received | undefined> | Received | undefined,
  wall = Date.parse('2026-02-20T10:00:00Z'),
): ManualEnvironment {
  const timers = new Set<{ readonly at: number; readonly action: () => void }>()
  const sent: Sent[] = []
  let [elapsed, offset, ids] = [1_000, wall - 1_000, 0]
  const prefix = Math.floor(performance.now() * 1_000).toString(36)
  return {
    sent,
    elapsed: () => elapsed,
    wallClock: () => elapsed + offset,
    random: () => 0.5,
    newId: () => `${prefix}-${++ids}`,
    after: (ms, action) => {
      const timer = { at: elapsed + ms, action }
      timers.add(timer)
      return () => timers.delete(timer)
    },
    send: async (request) => {
      sent.push(request)
      const received = await answer(request)
      if (received === undefined) throw new Error('no answer')
      return received
    },
    advance: async (ms) => {
      elapsed += ms
      for (const timer of [...timers].filter(({ at }) => at <= elapsed)) {
        timers.delete(timer)
        timer.action()
      }
      await new Promise(setImmediate)
    },
    setWallClock: (time) => {
      offset = time - elapsed
    },
  }
}
