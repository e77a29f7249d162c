import type { Meter, Tracer } from '@opentelemetry/api'
import type { Counts, Telemetry } from './options.ts'

/** Instruments of OpenTelemetry's API. */
export interface Instruments {
  readonly meter?: Meter
  readonly tracer?: Tracer
}

/** Telemetry for `createClient` that counts decisions and rows, and makes a span for each request. */
export function createTelemetry({ meter, tracer }: Instruments): Telemetry {
  const decisions = meter?.createCounter('tollgate.client.decisions', {
    description: 'Base units that were allowed or given back, and calls that were not allowed',
  })
  const rowCount = meter?.createCounter('tollgate.client.rows', { description: 'Rows of settlements' })
  const duration = meter?.createHistogram('tollgate.client.request.duration', { unit: 'ms' })
  const counted = new WeakMap<Counts, Counts>()
  return {
    count(meterName, counts) {
      const before: Partial<Record<string, number>> = { ...counted.get(counts) }
      counted.set(counts, { ...counts })
      for (const [decision, count] of Object.entries(counts))
        decisions?.add(count - (before[decision] ?? 0), { decision, 'tollgate.meter': meterName })
    },
    request({ rows, status, durationMs }) {
      const attributes = { 'http.response.status_code': status, 'tollgate.rows': rows }
      rowCount?.add(rows)
      duration?.record(durationMs, { 'http.response.status_code': status })
      const now = Date.now()
      tracer?.startSpan('tollgate settle', { startTime: now - durationMs, attributes }).end(now)
    },
  }
}
