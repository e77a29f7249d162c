export interface Timer {
  readonly at: number
  readonly fire: () => void
}

/** The part of virtual time that the globals need. */
interface Timers {
  now(): number
  schedule(ms: number, fire: () => void): Timer
  cancel(timer: Timer): void
}

const { setTimeout: realSetTimeout, clearTimeout: realClearTimeout } = globalThis
const realNow = performance.now
const realRandom = Math.random

/** The parts of Node's timer that callers use. */
class VirtualTimer {
  readonly cancel: () => void

  constructor(cancel: () => void) {
    this.cancel = cancel
  }

  ref(): this {
    return this
  }

  unref(): this {
    return this
  }
}

/** Runs work with global timers, `performance.now` and `Math.random` of a model. Only one such work runs at a time. */
export async function withVirtualGlobals<T>(
  time: Timers,
  random: () => number,
  work: () => Promise<T>,
): Promise<T> {
  if (performance.now !== realNow) throw new Error('another model is running')
  Object.assign(globalThis, {
    setTimeout: (fire: (...given: unknown[]) => void, ms = 0, ...given: unknown[]) => {
      const timer = time.schedule(ms, () => fire(...given))
      return new VirtualTimer(() => time.cancel(timer))
    },
    clearTimeout: (timer: unknown) => {
      if (timer instanceof VirtualTimer) timer.cancel()
      else realClearTimeout(timer as Parameters<typeof realClearTimeout>[0])
    },
  })
  performance.now = () => time.now()
  Math.random = random
  try {
    return await work()
  } finally {
    Object.assign(globalThis, { setTimeout: realSetTimeout, clearTimeout: realClearTimeout })
    performance.now = realNow
    Math.random = realRandom
  }
}
