import fc from 'fast-check'
import { operations } from '../../contract/calls.ts'
import type { Operation } from '../../contract/operation.ts'
import { good, type Sent } from '../support/ask.ts'
import { bodiesOf, oddTexts } from './bodies.ts'

/** One request to a handler, as text wherever the caller chooses the text. */
export interface FuzzRequest {
  readonly operationId: string
  readonly sent: Sent
}

const names = ['acme', 'bolt', 'viewer', 'plan-viewer', 'job-7f3a', 'order-1001', '2027-01', '2026-12']
const queryNames = [
  'preview',
  'from',
  'to',
  'groupBy',
  'cursor',
  'kind',
  'appId',
  'lotId',
  'day',
  'at',
  'odd',
]
const parameter = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...names) }, fc.constantFrom(...oddTexts))

/** Requests to every call of the contract except the constant document, each with about the same probability. */
export const fuzzRequest: fc.Arbitrary<FuzzRequest> = fc.oneof(
  ...Object.values(operations)
    .filter(({ call }) => call.route.operationId !== 'getOpenApi')
    .map((operation) => requestsTo(operation)),
)

function requestsTo({ call, example }: Operation): fc.Arbitrary<FuzzRequest> {
  const { operationId, path } = call.route
  const { body, query } = good[operationId] ?? {}
  const params = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => String(name))
  const valid = [example?.request, body].filter((value) => value !== undefined)
  return fc
    .record({
      params: rarely(5, fc.record(Object.fromEntries(params.map((name) => [name, parameter])))),
      query: rarely(5, fc.dictionary(fc.constantFrom(...queryNames), parameter, { maxKeys: 2 })),
      text: call.body === undefined ? fc.constant(undefined) : bodiesOf(valid),
      language: fc.constantFrom('en', 'ja'),
    })
    .map((sent) => ({
      operationId,
      sent: {
        params: sent.params,
        query: { ...query, ...sent.query },
        text: sent.text,
        headers: { 'accept-language': sent.language, ...contentType(operationId) },
      },
    }))
}

/** Undefined, except once in about `times` values. */
function rarely<T>(times: number, arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.oneof({ weight: times - 1, arbitrary: fc.constant(undefined) }, arbitrary)
}

function contentType(operationId: string): Record<string, string> {
  const type = operationId === 'recordUsage' ? 'application/cloudevents-batch+json' : 'application/json'
  return { 'content-type': type }
}
