import { Presets, SingleBar } from 'cli-progress'
import type { Instant } from '../../core/time/time.ts'
import { phaseAt, phases } from './dates.ts'
import type { Tally } from './tally.ts'

export interface SeasonProgress {
  /** `tell` prints a line about starting, before the first moment. */
  tell(line: string): void
  show(at: Instant, done: number, total: number, tally: Tally): void
  stop(): void
}

/** Shows a bar on a terminal, otherwise a line at the start of each phase, on standard error. */
export function seasonProgress(): SeasonProgress {
  return process.stderr.isTTY ? bar() : plainLines()
}

function bar(): SeasonProgress {
  const format = '{bar} {percentage}% · {day} · {allowed} allowed · {events} events'
  const single = new SingleBar({ format, hideCursor: true, clearOnComplete: false }, Presets.shades_classic)
  let isStarted = false
  return {
    tell: (line) => void (isStarted || process.stderr.write(`${line}\n`)),
    show: (at, done, total, tally) => {
      const facts = { day: day(at), allowed: tally.total('allowed'), events: tally.total('events recorded') }
      if (!isStarted) single.start(total, done, facts)
      isStarted = true
      single.update(done, facts)
    },
    stop: () => single.stop(),
  }
}

function plainLines(): SeasonProgress {
  let phase = -1
  return {
    tell: (line) => void (phase < 0 && process.stderr.write(`${line}\n`)),
    show: (at) => {
      if (phaseAt(at) === phase) return
      phase = phaseAt(at)
      process.stderr.write(`${day(at)}: ${phases[phase]?.name.join(' ').trim()}\n`)
    },
    stop: () => {},
  }
}

const day = (at: Instant): string => new Date(at).toISOString().slice(0, 10)
