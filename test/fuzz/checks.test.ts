import { expect, test } from 'vitest'
import type { PartyAnswer } from '../support/party.ts'
import { findFault } from './checks.ts'

const request = { operationId: 'createHub', sent: { text: '{"name":1,"a/b":{}}' } }
const usage = { operationId: 'recordUsage', sent: { text: '[{}]' } }

function answer(status: number, body: object): PartyAnswer {
  const type = status >= 400 ? 'application/problem+json' : 'application/json'
  return { status, headers: { 'content-type': type }, body: { ...body } }
}

function badRequest(...pointers: readonly string[]): PartyAnswer {
  const texts = {
    type: 'urn:x',
    title: 'x',
    detail: 'x',
    instance: '/x',
    code: 'BAD_REQUEST',
    requestId: 'x',
  }
  return answer(400, {
    ...texts,
    status: 400,
    errors: pointers.map((pointer) => ({ pointer, message: 'x' })),
  })
}

test.each(['', '/name', '/a~1b', '/a~1b/missing', '/path/teamId', '/query/at'])(
  'a 400 that names the field %o is right',
  (pointer) => expect(findFault(request, badRequest(pointer), 0)).toBeUndefined(),
)

test.each<[string, PartyAnswer, number, string]>([
  ['a server error', answer(500, {}), 0, 'status 500'],
  ['a write before a 400', badRequest('/name'), 1, 'status 400 after 1 writes'],
  ['a 400 without a field', badRequest(), 0, 'status 400 without a field'],
  ['a field that was not sent', badRequest('/name/first'), 0, 'was not sent'],
  ['an error that is no problem document', answer(404, { message: 'x' }), 0, 'without its problem document'],
])('%s is a fault', (_, found, writes, fault) => {
  expect(findFault(request, found, writes)).toContain(fault)
})

test.each<[string, object, number, string]>([
  ['a rejected event without a problem', { status: 'rejected' }, 0, 'without a problem'],
  [
    'a bad event without a field',
    { status: 'rejected', problem: { code: 'BAD_EVENT' } },
    0,
    'without a field',
  ],
  [
    'a write for a bad event',
    { status: 'rejected', problem: { code: 'BAD_EVENT', errors: [{}] } },
    2,
    '2 writes for bad events',
  ],
])('%s is a fault', (_, result, writes, fault) => {
  expect(findFault(usage, answer(200, { results: [result] }), writes)).toContain(fault)
})
