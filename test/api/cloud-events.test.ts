import { CloudEvent, type CloudEventV1, HTTP } from 'cloudevents'
import { expect } from 'vitest'
import type { Sent } from '../support/ask.ts'
import { test } from '../support/fixtures.ts'
import { foundAcme } from '../support/party.ts'

const attributes = {
  type: 'aps.usage.v1',
  source: 'urn:test',
  subject: 'viewer',
  time: '2026-02-20T10:00:00.000Z',
}
const data = { meter: 'automation-autocad', quantity: 720 }
const newEvent = (changes: Partial<CloudEventV1<unknown>> = {}) =>
  new CloudEvent<unknown>({ ...attributes, id: 'e1', data, ...changes })
const plain = (id: string, changes: object = {}) => ({
  specversion: '1.0',
  ...attributes,
  id,
  data,
  ...changes,
})

/** A message of the official client, as API Gateway passes it on: with header names in lower case. */
function sentAs(mode: 'binary' | 'structured', event: CloudEvent<unknown>): Sent {
  const { headers, body } = HTTP[mode](event)
  const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)])
  return { headers: Object.fromEntries(lower), text: String(body) }
}

const recorded = { results: [{ id: 'e1', source: 'urn:test', status: 'recorded' }] }

test.for(['binary', 'structured'] as const)(
  'the official client sends a %s event, which is recorded once',
  async (mode, { party }) => {
    await foundAcme(party)
    const sent = sentAs(mode, newEvent({ traceparent: 'ab' }))
    expect(await party.call('recordUsage', sent)).toMatchObject({ status: 200, body: recorded })
    const [again] = (await party.call('recordUsage', sent)).body.results as object[]
    expect(again).toMatchObject({ status: 'duplicate' })
  },
)

test.for(['binary', 'structured'] as const)(
  'a %s event that is rejected is a 422 problem that names its field',
  async (mode, { party }) => {
    await foundAcme(party)
    const wrong = newEvent({ data: { ...data, quantity: 0 } })
    expect(await party.call('recordUsage', sentAs(mode, wrong))).toMatchObject({
      status: 422,
      body: { status: 422, code: 'BAD_EVENT', errors: [{ pointer: '/data/quantity' }] },
    })
    const unknown = newEvent({ subject: 'nobody' })
    expect(await party.call('recordUsage', sentAs(mode, unknown))).toMatchObject({
      status: 422,
      body: { code: 'UNKNOWN_APP' },
    })
  },
)

test('the same event in any mode is one event', async ({ party }) => {
  await foundAcme(party)
  const statuses = []
  for (const sent of [
    sentAs('binary', newEvent()),
    sentAs('structured', newEvent()),
    { body: plain('e1') },
    { body: [plain('e1')], headers: { 'content-type': 'application/cloudevents-batch+json' } },
  ]) {
    const { results } = (await party.call('recordUsage', sent)).body as { results: { status: string }[] }
    statuses.push(results[0]?.status)
  }
  expect(statuses).toEqual(['recorded', 'duplicate', 'duplicate', 'duplicate'])
})

test('a null in a batch is one rejected row, and the other events are recorded', async ({ party }) => {
  await foundAcme(party)
  const body = [plain('a'), null, plain('b'), plain('c')]
  const { status, body: answer } = await party.call('recordUsage', { body })
  expect([status, answer.results]).toMatchObject([
    200,
    [
      { id: 'a', status: 'recorded' },
      {
        id: null,
        source: null,
        status: 'rejected',
        problem: { code: 'BAD_EVENT', errors: [{ pointer: '' }] },
      },
      { id: 'b', status: 'recorded' },
      { id: 'c', status: 'recorded' },
    ],
  ])
})

test.for([null, 'application/json', 'Application/JSON; charset="utf-8"'])(
  'an event with the datacontenttype %s is recorded',
  async (datacontenttype, { party }) => {
    await foundAcme(party)
    const sent = { body: [plain('e1', { datacontenttype })] }
    expect((await party.call('recordUsage', sent)).body).toMatchObject(recorded)
  },
)

test('attributes in headers are read without their quotes and percent-encoding', async ({ party }) => {
  await foundAcme(party)
  const { headers, text } = sentAs('binary', newEvent())
  const sent = { text, headers: { ...headers, 'ce-id': '"e1"', 'ce-source': 'urn%3Atest' } }
  expect((await party.call('recordUsage', sent)).body).toMatchObject(recorded)
})

test.for([
  ['gzip', 'gzip'],
  ['BR', 'br'],
  ['x"y', 'unknown'],
])('a body with the encoding %s is a 415 that names %s', async ([encoding = '', shown = ''], { party }) => {
  const headers = { 'content-encoding': encoding }
  const { status, body } = await party.call('recordUsage', { body: [plain('e1')], headers })
  expect([status, body.detail]).toEqual([415, expect.stringContaining(shown)])
})

test.for(['"text"', '1', 'null', 'true'])(
  'a body of %s is neither an event nor a batch',
  async (text, { party }) => {
    const answer = await party.call('recordUsage', { text })
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ pointer: '' }] } })
  },
)
