import type { Counter, Histogram, Meter, Tracer } from '@opentelemetry/api'
import type { Holder } from './leases/holder.ts'

/** Instruments of OpenTelemetry's API; the package itself needs none. */
export interface TelemetryOptions {
  readonly meter?: Meter
  readonly tracer?: Tracer
}

type Counts = Holder['counts']

/** Counts decisions about once a second, so that a call costs nothing for it, and requests as they end. */
export class Telemetry {
  readonly #tracer?: Tracer
  readonly #decisions?: Counter
  readonly #rows?: Counter
  readonly #duration?: Histogram
  readonly #counted = new WeakMap<Holder, Counts>()

  constructor({ meter, tracer }: TelemetryOptions = {}) {
    this.#tracer = tracer
    this.#decisions = meter?.createCounter('tollgate.client.decisions', {
      description: 'Base units that were allowed, or calls that were not, by decision',
    })
    this.#rows = meter?.createCounter('tollgate.client.rows', {
      description: 'Rows of settlements that were sent',
    })
    this.#duration = meter?.createHistogram('tollgate.client.request.duration', { unit: 'ms' })
  }

  count(holder: Holder): void {
    if (this.#decisions === undefined) return
    const before = this.#counted.get(holder)
    const counts = { ...holder.counts }
    this.#counted.set(holder, counts)
    for (const [decision, count] of Object.entries(counts)) {
      const more = count - (before?.[decision as keyof Counts] ?? 0)
      if (more > 0) this.#decisions.add(more, { decision, 'tollgate.meter': holder.meter })
    }
  }

  /** Takes a request after its end. `status` is 0 where no answer came. */
  request(rows: number, status: number, durationMs: number): void {
    this.#rows?.add(rows)
    this.#duration?.record(durationMs, { 'http.response.status_code': status })
    if (this.#tracer === undefined) return
    const endTime = Date.now()
    const attributes = { 'tollgate.rows': rows, 'http.response.status_code': status }
    this.#tracer.startSpan('tollgate settle', { startTime: endTime - durationMs, attributes }).end(endTime)
  }
}
