import { stopwatch } from './clock.ts'
import { addTo, type Dimensions, emptyLine, fits, type MetricLine, toText, valuesMax } from './emf.ts'
import { readStage } from './env.ts'
import { type MetricName, metricNamespace } from './metric-names.ts'

/** Longest time that an instance holds the counts of successes: one line then counts many calls. */
const heldMs = 1_000

/**
 * Collects counts and writes them as lines of CloudWatch's embedded metric format, usually at most one per invocation. An
 * instance that ends while it holds counts loses those of its last second; the journal, which is the truth, loses none.
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

  /** Adds a value to a count, or one more value to a span. Zero is a value, too. */
  add(name: MetricName, value = 1, dimensions: Dimensions = {}): void {
    const found = this.lines.find((line) => fits(line, name, dimensions))
    const line = found ?? emptyLine()
    if (found === undefined) this.lines.push(line)
    addTo(line, name, value, dimensions)
    if ((line.values.get(name)?.values.length ?? 0) >= valuesMax) this.flush()
  }

  /** Writes the counts since the last flush, if there are any. */
  flush(): void {
    const lines = this.lines
    this.lines = []
    this.sinceFlush = stopwatch()
    for (const line of lines) this.write(toText(line, this.namespace, Date.now()))
  }

  /** Flushes, unless the last flush was less than a second ago. */
  flushWhenDue(): void {
    if (this.sinceFlush === undefined || this.sinceFlush() >= heldMs) this.flush()
  }
}

let sink = (text: string): void => void process.stdout.write(`${text}\n`)

/** The counts of this instance. */
export const metrics = new MetricBook(metricNamespace(readStage()), (text) => sink(text))

/** Sends later lines elsewhere: for tests and measurements, which read or drop them. */
export function sendMetricsTo(write: (text: string) => void): void {
  sink = write
}
