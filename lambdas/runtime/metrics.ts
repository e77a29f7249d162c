import { stopwatch } from './clock.ts'
import { addTo, type Dimensions, emptyLine, fits, type MetricLine, toText, valuesMax } from './emf.ts'
import { readStage } from './env.ts'
import { type MetricName, metricNamespace } from './metric-names.ts'

/** A busy instance keeps what went well for so long: one line then counts many calls. */
const heldMs = 1_000

/**
 * What functions count, as lines of CloudWatch's embedded metric format: at most one line per invocation, mostly. An
 * instance that is ended while it holds counts loses those of its last second; the journal, which is the truth, loses none.
 */
export class MetricBook {
  private readonly write: (text: string) => void
  private readonly namespace: string
  private lines: MetricLine[] = []
  private sinceFlush: (() => number) | undefined

  constructor(namespace: string, write: (text: string) => void) {
    this.namespace = namespace
    this.write = write
  }

  /** Counts, or (for a span) notes, a value. Zero is a value, too. */
  add(name: MetricName, value = 1, of: Dimensions = {}): void {
    const found = this.lines.find((line) => fits(line, name, of))
    const line = found ?? emptyLine()
    if (found === undefined) this.lines.push(line)
    addTo(line, name, value, of)
    if ((line.values.get(name)?.values.length ?? 0) >= valuesMax) this.flush()
  }

  /** Writes what was counted since the last time, if anything was. */
  flush(): void {
    const lines = this.lines
    this.lines = []
    this.sinceFlush = stopwatch()
    for (const line of lines) this.write(toText(line, this.namespace, Date.now()))
  }

  /** The same, unless something was written a moment ago. */
  flushWhenDue(): void {
    if (this.sinceFlush === undefined || this.sinceFlush() >= heldMs) this.flush()
  }
}

let sink = (text: string): void => void process.stdout.write(`${text}\n`)

/** The counts of this instance. */
export const metrics = new MetricBook(metricNamespace(readStage()), (text) => sink(text))

/** Sends lines elsewhere from now on: for tests and measurements, which read them or do not want them. */
export function sendMetricsTo(write: (text: string) => void): void {
  sink = write
}
