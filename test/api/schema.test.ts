import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { authorizeUsage } from '../../contract/authorize-usage.ts'
import { operations } from '../../contract/calls.ts'
import { captureAuthorization } from '../../contract/capture-authorization.ts'
import type { Operation } from '../../contract/operation.ts'
import { publishRateCard } from '../../contract/publish-rate-card.ts'
import { recordUsage } from '../../contract/record-usage.ts'
import { routes } from '../../contract/routes.ts'
import { route } from '../../lambdas/http/route.ts'
import { logger } from '../../lambdas/runtime/log.ts'
import { ask, event, everyScope, good, row, type Sent } from '../support/ask.ts'

const level = logger.getLevelName()
beforeAll(() => logger.setLogLevel('SILENT'))
afterAll(() => logger.setLogLevel(level))

const all = Object.entries(operations)
const publicCalls = routes.flatMap(({ scope, operationId }) => (scope === null ? [operationId] : []))
const guarded = all.filter(([, { call }]) => !publicCalls.some((open) => open === call.route.operationId))
const withBody = all.filter(([, { call }]) => call.body !== undefined)
describe('every call', () => {
  test.each(all)('%s takes a good request', async (operationId, operation) => {
    expect((await ask(operation, good[operationId] ?? {})).json).toEqual({})
  })

  test.each(guarded)(
    '%s: no token 401, no scope 403, and problems say so',
    async (operationId, operation) => {
      const anonymous = await ask(operation, { ...good[operationId], claims: null })
      expect(anonymous).toMatchObject({
        statusCode: 401,
        json: { code: 'UNAUTHENTICATED', status: 401 },
        input: undefined,
      })
      const scopeless = await ask(operation, {
        ...good[operationId],
        claims: { ...everyScope, scope: 'openid' },
      })
      expect(scopeless).toMatchObject({
        statusCode: 403,
        json: { code: 'INSUFFICIENT_SCOPE' },
        input: undefined,
      })
      expect(scopeless.headers['content-type']).toBe('application/problem+json')
      expect(scopeless.json).toMatchObject({
        requestId: 'request-1',
        type: 'urn:tollgate:problem:insufficient-scope',
      })
    },
  )

  const paths = ['', '.', '..', '../x', 'a/b', 'a b', 'あ', 'a#b', 'x'.repeat(65), '%2e%2e', 'a\u0000']
  test.each(all.filter(([, { call }]) => call.params))(
    '%s names a bad path parameter',
    async (operationId, operation) => {
      const names = Object.keys(event(operationId).pathParameters ?? {})
      for (const name of names) {
        for (const value of paths) {
          const { statusCode, json, input } = await ask(operation, {
            ...good[operationId],
            params: { [name]: value },
          })
          expect([statusCode, input, json.errors[0].pointer]).toEqual([400, undefined, `/path/${name}`])
        }
      }
    },
  )

  const texts = ['', '{', 'nul', '{"a":NaN}', '"\u0001"', '[1,]', `${'['.repeat(30_000)}`, '{"a":1} x']
  test.each(withBody)('%s refuses what is not JSON', async (_, operation) => {
    for (const text of texts) {
      const { statusCode, json, input } = await ask(operation, { text })
      expect([text.slice(0, 20), statusCode, input, json.errors[0].pointer]).toEqual([
        text.slice(0, 20),
        400,
        undefined,
        '',
      ])
    }
  })

  test.each(withBody)('%s refuses deep nesting, other types and large bodies', async (_, operation) => {
    const deep = await ask(operation, { text: `${'['.repeat(50)}${']'.repeat(50)}` })
    expect([deep.statusCode, deep.json.errors[0].message]).toEqual([
      400,
      'must not be nested deeper than 16 levels',
    ])
    const form = await ask(operation, { text: '{}', headers: { 'content-type': 'text/plain' } })
    expect([form.statusCode, form.json.code]).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE'])
    const large = await ask(operation, { body: 'x'.repeat(1_100_000) })
    expect([large.statusCode, large.json.code]).toEqual([413, 'PAYLOAD_TOO_LARGE'])
    for (const body of [null, 5, 'text', true]) expect((await ask(operation, { body })).statusCode).toBe(400)
  })

  const wrong = [null, true, 'x'.repeat(60_000), 'a\u0000b', -1, 2 ** 53, 0.0001, [], {}, { a: [] }, '\ud800']
  test.each(withBody.filter(([id]) => id !== 'recordUsage'))(
    '%s names each wrong field',
    async (operationId, operation) => {
      const body = good[operationId]?.body as Record<string, unknown>
      for (const key of Object.keys(body)) {
        for (const value of wrong) {
          if (isAllowed(key, value)) continue
          const {
            statusCode,
            json,
            input,
            body: text,
          } = await ask(operation, { body: { ...body, [key]: value } })
          expect([key, value, statusCode, input]).toEqual([key, value, 400, undefined])
          expect(json.errors[0].pointer.startsWith(`/${key}`)).toBe(true)
          expect(text.length).toBeLessThan(3_000)
        }
        const { [key]: _, ...rest } = body
        if (key === 'tokens') continue
        const { json } = await ask(operation, { body: rest })
        expect(json.errors).toEqual([{ pointer: `/${key}`, message: 'is required' }])
      }
      for (const unknown of ['extra', '__proto__', 'constructor', 'toString', 'a/b~c'.repeat(100)]) {
        const text = `{${JSON.stringify(unknown)}:1,${JSON.stringify(body).slice(1)}`
        const { statusCode, json } = await ask(operation, { text })
        expect([unknown, statusCode, json.errors[0].message]).toEqual([
          unknown,
          400,
          'is not a field of this call',
        ])
      }
    },
  )

  test.each(all)('%s never fails on arbitrary JSON', async (_, operation) => {
    await fc.assert(
      fc.asyncProperty(fc.json(), async (text) => {
        expect([200, 400]).toContain((await ask(operation, { text })).statusCode)
      }),
      { numRuns: 50 },
    )
  })

  test.each(all)('%s refuses a query that it does not know', async (operationId, operation) => {
    const sent = good[operationId] ?? {}
    const { statusCode, json } = await ask(operation, { ...sent, query: { ...sent.query, extra: '1' } })
    expect([statusCode, json.errors[0].pointer]).toEqual([400, '/query/extra'])
  })
})

/** Values of `wrong` that are right for a field, too. */
function isAllowed(key: string, value: unknown): boolean {
  const lists = ['remindAt', 'emails', 'webhooks', 'subscriptions', 'alerts']
  return (key === 'perPeriod' && value === null) || (lists.includes(key) && Array.isArray(value))
}

describe('single fields', () => {
  const bodyOf = async (operation: Operation, sent: Sent) =>
    (await ask(operation, sent)).input?.body as unknown

  test('defaults are filled in, and -0 is 0', async () => {
    expect(
      await bodyOf({ ...operations.authorizeUsage, call: authorizeUsage }, good.authorizeUsage ?? {}),
    ).toMatchObject({ holdSeconds: 3600 })
    const used = (await bodyOf(
      { ...operations.captureAuthorization, call: captureAuthorization },
      { text: '{"used":-0}' },
    )) as { used: number }
    expect(Object.is(used.used, 0)).toBe(true)
  })

  test.each([1, 2, 1e9, 0.5, 0, -1, 1e9 + 1, '1e309', '"5"', 'true', '1e0'])(
    'quantity %s',
    async (quantity) => {
      const text = `{"authorizationId":"a","appId":"b","meter":"m","quantity":${quantity}}`
      const isGood =
        Number.isSafeInteger(Number(quantity)) && Number(quantity) >= 1 && Number(quantity) <= 1e9
      expect((await ask(operations.authorizeUsage, { text })).statusCode).toBe(isGood ? 200 : 400)
    },
  )

  test('rate card rows arrive in thousandths of tokens; meters are unique, prices exact', async () => {
    const card = { ...operations.publishRateCard, call: publishRateCard }
    const sent = (meters: object[]) => ({ body: { effectiveAt: '2027-01-01T09:00:00+09:00', meters } })
    const given = await bodyOf(card, sent([row({ tokensPerUnit: 0.335 })]))
    expect(given).toEqual({
      effectiveAt: Date.UTC(2027, 0, 1),
      meters: [
        {
          meter: 'm',
          api: 'automation',
          baseUnit: 'seconds',
          unitSize: 720,
          milliTokensPerUnit: 335,
          usdCentsPerUnit: 300,
          freePerPeriod: 0,
        },
      ],
    })
    expect((await ask(card, sent([row(), row()]))).json.errors[0]).toEqual({
      pointer: '/meters',
      message: 'must not name a meter twice',
    })
    expect((await ask(card, sent([row({ tokensPerUnit: 0.3355 })]))).json.errors[0].pointer).toBe(
      '/meters/0/tokensPerUnit',
    )
  })

  test('fields that contradict each other name one of them', async () => {
    const first = async (operation: Operation, sent: Sent) =>
      (await ask(operation, sent)).json.errors?.[0].pointer
    expect(await first(operations.choosePlan, { body: { plan: 'free', payAsYouGo: true } })).toBe(
      '/payAsYouGo',
    )
    expect(await first(operations.choosePlan, { body: { plan: 'free', spendLimitUsdCents: 1 } })).toBe(
      '/spendLimitUsdCents',
    )
    const at = '2027-01-01T00:00:00Z'
    expect(await first(operations.putCampaign, { body: { opensAt: at, deadlineAt: at, remindAt: [] } })).toBe(
      '/deadlineAt',
    )
    expect(await first(operations.adjustTeam, { body: { adjustmentId: 'x', reason: 'r' } })).toBe('')
    expect(
      await first(operations.adjustTeam, {
        body: { adjustmentId: 'x', reason: 'r', tokens: 1, usdCents: 1 },
      }),
    ).toBe('')
    expect(await first(operations.moveApps, { body: { appIds: ['a', 'a'] } })).toBe('/appIds')
  })

  test.each([
    [{ from: '2027-01-02', to: '2027-01-01' }, '/query/to'],
    [{ from: '2027-01-01', to: '2028-02-05' }, '/query/to'],
    [{ from: '2027-02-29', to: '2027-03-01' }, '/query/from'],
    [{ to: '2027-03-01' }, '/query/from'],
    [{ from: '2027-01-01', to: '2027-01-01', groupBy: 'day,day' }, '/query/groupBy'],
    [{ from: '2027-01-01', to: '2027-01-01', groupBy: 'team' }, '/query/groupBy'],
  ])('usage of %j is refused at %s', async (query, pointer) => {
    expect(
      (await ask(operations.getUsage, { query: query as Record<string, string> })).json.errors[0].pointer,
    ).toBe(pointer)
  })

  test('a query arrives typed', async () => {
    const { input } = await ask(operations.getUsage, {
      query: { from: '2027-01-01', to: '2028-02-04', groupBy: 'meter,app' },
    })
    expect(input.query).toEqual({ from: '2027-01-01', to: '2028-02-04', groupBy: ['meter', 'app'] })
    expect((await ask(operations.listEntries, {})).input.query).toEqual({ limit: 50 })
    expect((await ask(operations.listEntries, { query: { limit: '101' } })).statusCode).toBe(400)
  })

  test('a batch may come in base64, as API Gateway sends types that it does not know', async () => {
    const handler = route(recordUsage, ({ body }) => ({ status: 200, body: { events: body.length } }))
    const headers = { 'content-type': 'application/cloudevents-batch+json; charset=utf-8' }
    const text = Buffer.from('[{"id":"é"}]').toString('base64')
    const sent = { ...event('recordUsage', { text, headers }), isBase64Encoded: true }
    expect((await handler(sent)).body).toBe('{"events":1}')
    const broken = { ...sent, body: Buffer.from('[{"id":"\xff"}]', 'latin1').toString('base64') }
    expect((await handler(broken)).statusCode).toBe(400)
  })
})

test('nesting is read to its sixteenth level', async () => {
  const nested = (levels: number) => `[{"a":${'['.repeat(levels - 2)}${']'.repeat(levels - 2)}}]`
  expect((await ask(operations.recordUsage, { text: nested(16) })).statusCode).toBe(200)
  const { json } = await ask(operations.recordUsage, { text: nested(17) })
  expect(json.errors[0].pointer).toBe('/0/a/0/0/0/0/0/0/0/0/0/0/0/0/0/0')
})

test('an answer lists at most ten errors, with pointers as in RFC 6901', async () => {
  const meters = Array.from({ length: 20 }, () => row({ unitSize: 0 }))
  const { json } = await ask(operations.publishRateCard, {
    body: { effectiveAt: '2027-01-01T00:00:00Z', meters },
  })
  expect(json.errors).toHaveLength(10)
  const odd = await ask(operations.createHub, { body: { name: 'x', 'a/b~c': 1 } })
  expect(odd.json.errors).toEqual([{ pointer: '/a~1b~0c', message: 'is not a field of this call' }])
})
