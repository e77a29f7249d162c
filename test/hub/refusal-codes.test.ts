import { expect, test } from 'vitest'
import { authorizationRefusals } from '../../core/refusal.ts'
import { problemCodes, problemStatuses, refusalCodes } from '../../hub/pages/integrate/refusal-codes.ts'
import { problemStatus, refusalStatus } from '../../lambdas/http/problem.ts'

test.each(['en', 'ja'] as const)('every refusal is listed in its order, with its texts in %s', (language) => {
  const listed = refusalCodes(language)
  expect(listed.map(({ code }) => code)).toEqual([...authorizationRefusals])
  for (const { title, detail, resolve = '' } of listed)
    for (const text of [title, detail, resolve]) expect(text).toMatch(/\S/)
  expect(problemCodes(language)).toHaveLength(Object.keys(problemStatuses).length)
})

test('every problem is listed with the status that the API answers', () => {
  const answered = { ...problemStatus, IDEMPOTENCY_CONFLICT: refusalStatus }
  expect(answered).toMatchObject(problemStatuses)
})
