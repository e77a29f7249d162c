import type { Meter, Span, Tracer } from '@opentelemetry/api'
import { expect, test } from 'vitest'
import { createTelemetry } from '../../client/telemetry.ts'

/** The instruments that the client uses, with what they were given. */
function openInstruments() {
  const points: (readonly [string, number, unknown])[] = []
  const spans: (readonly [string, number])[] = []
  const instrument = (name: string) => {
    const note = (value: number, attributes?: unknown) => void points.push([name, value, attributes])
    return { add: note, record: note }
  }
  const meter = { createCounter: instrument, createHistogram: instrument } as unknown as Meter
  const tracer = {
    startSpan: (name: string, options: { readonly startTime: number }) => ({
      end: (at: number) => void spans.push([name, at - options.startTime]),
    }),
  } as unknown as Tracer & { readonly startSpan: () => Span }
  return { points, spans, instruments: { meter, tracer } }
}

test('counts only the decisions since the last time', () => {
  const { points, instruments } = openInstruments()
  const { count } = createTelemetry(instruments)
  const counts = { allowed: 5, returned: 0, recordedLater: 0, denied: 1, unavailable: 0 }
  count('model-derivative-basic', counts)
  counts.allowed = 12
  count('model-derivative-basic', counts)
  const allowed = points.filter(([, , attributes]) => JSON.stringify(attributes).includes('"allowed"'))
  expect(allowed.map(([name, value]) => [name, value])).toEqual([
    ['tollgate.client.decisions', 5],
    ['tollgate.client.decisions', 7],
  ])
})

test('a request is a span of its duration, with its rows', () => {
  const { points, spans, instruments } = openInstruments()
  createTelemetry(instruments).request({ rows: 3, status: 200, durationMs: 12 })
  expect(spans).toEqual([['tollgate settle', 12]])
  expect(points).toContainEqual(['tollgate.client.rows', 3, undefined])
  const status = { 'http.response.status_code': 200 }
  expect(points).toContainEqual(['tollgate.client.request.duration', 12, status])
})

test('without instruments nothing is counted and nothing fails', () => {
  const { count, request } = createTelemetry({})
  count('model-derivative-basic', { allowed: 1, returned: 0, recordedLater: 0, denied: 0, unavailable: 0 })
  request({ rows: 1, status: 0, durationMs: 1 })
})
