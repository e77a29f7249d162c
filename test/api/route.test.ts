import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { authorizeUsage } from '../../contract/authorize-usage.ts'
import { operations } from '../../contract/calls.ts'
import { choosePlan } from '../../contract/choose-plan.ts'
import { getUsage } from '../../contract/get-usage.ts'
import { routes as allRoutes, type OperationId } from '../../contract/routes.ts'
import { dispatch } from '../../lambdas/http/dispatch.ts'
import { languageOf } from '../../lambdas/http/language.ts'
import { badRequest, busy, notFound } from '../../lambdas/http/outcome.ts'
import { route } from '../../lambdas/http/route.ts'
import { Busy } from '../../lambdas/runtime/busy.ts'
import { logger } from '../../lambdas/runtime/log.ts'
import { ask, event, everyScope, good } from '../support/ask.ts'
import { accessRows } from './access-rows.ts'

const level = logger.getLevelName()
beforeAll(() => logger.setLogLevel('SILENT'))
afterAll(() => logger.setLogLevel(level))

const all = Object.entries(operations)

describe("another team's data", () => {
  const hubClaims = { ...everyScope, scope: 'hub:read hub:write' }
  const hubCalls = all.filter(([id]) =>
    allRoutes.some(
      (route) => route.operationId === id && route.scope?.startsWith('hub:') && !('isPersonal' in route),
    ),
  )

  test.each(hubCalls)('%s of another team equals that of no team', async (operationId, operation) => {
    const other = await ask(operation, {
      ...good[operationId],
      params: { teamId: 'bolt' },
      claims: hubClaims,
    })
    const none = await ask(operation, {
      body: { bad: 1 },
      params: { teamId: 'nobody' },
      claims: { ...hubClaims, role: 'developer' },
    })
    expect(other).toEqual(none)
    expect(other).toMatchObject({ statusCode: 404, json: { code: 'NOT_FOUND' }, input: undefined })
    const teamless = await ask(operation, { ...good[operationId], claims: { scope: hubClaims.scope } })
    expect(teamless.statusCode).toBe(404)
  })

  test.each(hubCalls)(
    '%s: a developer reads use and limits, and does not change',
    async (operationId, operation) => {
      const { statusCode } = await ask(operation, {
        ...good[operationId],
        claims: { ...hubClaims, role: 'developer' },
      })
      expect(statusCode).toBe(accessRows[operationId as OperationId].rights === 'people' ? 200 : 403)
    },
  )
})

describe('answers of handlers', () => {
  const operation = operations.authorizeUsage
  const sent = { ...good.authorizeUsage }

  test('a refusal is a 409 problem with its remedy, in the language asked for', async () => {
    const refused = { refused: true, code: 'SPEND_LIMIT_REACHED', resumesAt: Date.UTC(2027, 1, 1) } as const
    const { statusCode, json, headers } = await ask(
      operation,
      { ...sent, headers: { 'accept-language': 'ja-JP, en;q=0.8' } },
      refused,
    )
    expect([statusCode, headers['content-language']]).toEqual([409, 'ja'])
    expect(json).toMatchObject({
      code: 'SPEND_LIMIT_REACHED',
      title: '今月の支出上限に達しました',
      resumesAt: '2027-02-01T00:00:00Z',
    })
    expect(json.resolve).toBeTypeOf('string')
  })

  test('not found, busy and a finding of the handler are problems', async () => {
    expect((await ask(operation, sent, notFound)).statusCode).toBe(404)
    const full = await ask(operation, sent, busy(2))
    expect([full.statusCode, full.headers['retry-after'], full.json.code]).toEqual([503, '2', 'BUSY'])
    const found = await ask(operation, sent, badRequest({ pointer: '/meter', message: 'unknownMeter' }))
    expect(found.json.errors).toEqual([
      { pointer: '/meter', message: 'is neither a meter of a rate card nor an unrated API' },
    ])
  })

  test('a thrown error is never shown, and Busy is a 503', async () => {
    const fails = route(authorizeUsage, () => Promise.reject(new Error('secret')))
    const failed = await fails(event('authorizeUsage', sent))
    expect([failed.statusCode, failed.body.includes('secret')]).toEqual([500, false])
    const late = route(authorizeUsage, () => Promise.reject(new Busy(3)))
    const response = await late(event('authorizeUsage', sent))
    expect([response.statusCode, response.headers['retry-after']]).toEqual([503, '3'])
  })

  test('a text stays a text, and nothing has no body', async () => {
    const csv = route(getUsage, () => ({
      status: 200,
      body: 'day,meter',
      headers: { 'content-type': 'text/csv' },
    }))
    const answer = await csv(event('getUsage', good.getUsage))
    expect([answer.body, answer.headers['content-type']]).toEqual(['day,meter', 'text/csv'])
    expect(await ask(operation, sent, { status: 204 })).toMatchObject({ statusCode: 204, body: '' })
  })

  test('a dispatcher answers by route key, and 404 for others', async () => {
    const authorize = route(authorizeUsage, () => ({ status: 200, body: { done: true } }))
    const dispatched = dispatch<'authorize-usage'>({ authorizeUsage: authorize })
    expect((await dispatched(event('authorizeUsage', good.authorizeUsage))).statusCode).toBe(200)
    expect((await dispatched(event('createHub', good.createHub))).statusCode).toBe(404)
  })

  test('a dispatcher without a handler, or with that of another call, does not compile', async () => {
    const plan = route(choosePlan, () => ({ status: 200, body: { done: true } }))
    // @ts-expect-error the call of the function has no handler
    expect((await dispatch<'authorize-usage'>({})(event('authorizeUsage'))).statusCode).toBe(404)
    // @ts-expect-error the handler is that of choosePlan
    const misplaced = dispatch<'authorize-usage'>({ authorizeUsage: plan })
    expect((await misplaced(event('authorizeUsage', good.authorizeUsage))).statusCode).toBe(404)
    expect((await misplaced(event('choosePlan', good.choosePlan))).statusCode).toBe(200)
  })
})

test("a request keeps the caller's correlation id, unless it is not one", async () => {
  const sent = (id: string) => ({ ...good.authorizeUsage, headers: { 'x-correlation-id': id } })
  const named = await ask(operations.authorizeUsage, sent('trace-1'))
  expect(named.headers).toMatchObject({ 'x-correlation-id': 'trace-1', 'x-request-id': 'request-1' })
  for (const id of ['a b', 'x'.repeat(129), 'a\nb', '']) {
    expect((await ask(operations.authorizeUsage, sent(id))).headers['x-correlation-id']).toBe('request-1')
  }
})

test.each([
  [undefined, 'en'],
  ['ja', 'ja'],
  ['ja-JP,en;q=0.9', 'ja'],
  ['en-US,ja;q=0.9', 'en'],
  ['en;q=0.1, JA;q=0.2', 'ja'],
  ['fr', 'en'],
  ['ja;q=0', 'en'],
  ['*;;;,,', 'en'],
])('Accept-Language %s means %s', (header, language) => {
  expect(languageOf(header)).toBe(language)
})
