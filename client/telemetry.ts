import type { Meter, Tracer } from '@opentelemetry/api'
import type { Counts, Holder } from './leases/holder.ts'

/** Instruments of OpenTelemetry's API. */
export interface TelemetryOptions {
  readonly meter?: Meter
  readonly tracer?: Tracer
}

export interface Telemetry {
  /** Counts the decisions of a holder since the last time; to be called about once a second, so that a call costs nothing. */
  readonly count: (holder: Holder) => void
  /** Takes a request after its end. `status` is 0 where no answer came. */
  readonly request: (rows: number, status: number, durationMs: number) => void
}

export function createTelemetry({ meter, tracer }: TelemetryOptions = {}): Telemetry {
  const decisions = meter?.createCounter('tollgate.client.decisions')
  const rowCount = meter?.createCounter('tollgate.client.rows')
  const duration = meter?.createHistogram('tollgate.client.request.duration', { unit: 'ms' })
  const counted = new WeakMap<Holder, Readonly<Counts>>()
  return {
    count(holder) {
      if (!decisions) return
      const before: Partial<Record<string, number>> = { ...counted.get(holder) }
      counted.set(holder, { ...holder.counts })
      for (const [decision, count] of Object.entries(holder.counts))
        decisions.add(count - (before[decision] ?? 0), { decision, 'tollgate.meter': holder.meter })
    },
    request(rows, status, durationMs) {
      const attributes = { 'http.response.status_code': status }
      rowCount?.add(rows)
      duration?.record(durationMs, attributes)
      const now = Date.now()
      tracer?.startSpan('tollgate settle', { startTime: now - durationMs, attributes }).end(now)
    },
  }
}
