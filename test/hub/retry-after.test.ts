import { expect, test } from 'vitest'
import { problemOf, retryAfterOf } from '../../hub/api/problem.ts'
import { retryDelayOf } from '../../hub/api/retry.ts'

const document = { code: 'BUSY', title: 'Busy', detail: 'Busy' }

test.for([
  ['a problem that states a time', 503, { 'retry-after': '120' }, document, 120_000],
  ['an answer of the gateway that states one', 503, { 'retry-after': '7' }, {}, 7_000],
  ['too many requests, which state none', 429, {}, { message: 'Too Many Requests' }, 10_000],
  ['a failure that states none', 503, {}, {}, 500],
] as const)('a read is not repeated early after %s', async ([, status, headers, body, pause]) => {
  const error = await problemOf(new Response(JSON.stringify(body), { status, headers }))
  expect(retryDelayOf(0, error)).toBe(pause)
  expect(retryAfterOf(error)).toBe(pause === 500 ? undefined : pause)
})
