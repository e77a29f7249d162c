import { Presets, SingleBar } from 'cli-progress'

export interface AuditProgress {
  show(entries: number, ofEntries: number): void
  /** Prints a line without breaking the bar. */
  print(line: string): void
  stop(): void
}

/** Shorter audits end before anybody could read a bar. */
const entriesMin = 2_000

/** Shows a bar on a terminal for long tables; otherwise shows nothing. */
export function auditProgress(): AuditProgress {
  let bar: SingleBar | undefined
  const stop = () => {
    bar?.stop()
    bar = undefined
  }
  return {
    show: (entries, ofEntries) => {
      if (!process.stderr.isTTY || ofEntries < entriesMin) return
      if (bar === undefined) {
        bar = new SingleBar(
          { format: '{bar} {percentage}% · {value} of {total} entries', clearOnComplete: true },
          Presets.shades_classic,
        )
        bar.start(ofEntries, entries)
      }
      bar.update(entries)
    },
    print: (line) => {
      stop()
      console.log(line)
    },
    stop,
  }
}
