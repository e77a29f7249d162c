import { Presets, SingleBar } from 'cli-progress'
import type { ReplayTotals } from './totals.ts'

export interface ReplayProgress {
  /** `doneBytes` of the input have been read. */
  show(doneBytes: number, totals: ReplayTotals): void
  stop(): void
}

const linesBetweenReports = 10_000

/** Shows a bar on a terminal (if `sizeBytes` is known), otherwise an occasional line, on standard error. */
export function replayProgress(sizeBytes: number | undefined): ReplayProgress {
  return process.stderr.isTTY && sizeBytes !== undefined ? bar(sizeBytes) : plainLines()
}

function bar(sizeBytes: number): ReplayProgress {
  const format = '{bar} {percentage}% · {recorded} recorded · {duplicate} duplicate · {rejected} rejected'
  const single = new SingleBar({ format, hideCursor: true, stopOnComplete: false }, Presets.shades_classic)
  single.start(Math.max(1, sizeBytes), 0, { recorded: 0, duplicate: 0, rejected: 0 })
  return {
    show: (doneBytes, { recorded, duplicate, rejected }) =>
      single.update(Math.min(doneBytes, sizeBytes), { recorded, duplicate, rejected }),
    stop: () => single.stop(),
  }
}

function plainLines(): ReplayProgress {
  let nextReport = linesBetweenReports
  return {
    show: (_, totals) => {
      if (totals.answered < nextReport) return
      nextReport = totals.answered + linesBetweenReports
      process.stderr.write(`${totals.answered.toLocaleString('en-US')} lines answered\n`)
    },
    stop: () => {},
  }
}
