import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Route, routes } from '../../lambdas/routes.ts'
import { good } from '../support/ask.ts'
import { type HttpRuntime, startHttpRuntime } from '../support/http-runtime.ts'

/* Who may call what, for every route of the contract, over HTTP. */

let runtime: HttpRuntime
const tokens = new Map<string, string>()

beforeAll(async () => {
  runtime = await startHttpRuntime('2026-12-01T00:00:00Z')
  tokens.set('ops', await runtime.tokenFor(['ops:admin']))
  tokens.set('meter', await runtime.tokenFor(['aps:meter']))
  const hub = ['hub:read', 'hub:write']
  tokens.set('admin', await runtime.tokenFor(hub, 'acme', 'admin'))
  tokens.set('developer', await runtime.tokenFor(hub, 'acme', 'developer'))
  tokens.set('no role', await runtime.tokenFor(hub, 'acme'))
  tokens.set('no team', await runtime.tokenFor(hub, undefined, 'admin'))
  tokens.set('stranger', await runtime.tokenFor(hub, 'other', 'admin'))
  for (const team of ['acme', 'other']) await call('registerTeam', 'ops', { teamId: team })
  await call('registerApp', 'ops', { appId: 'viewer' })
})
afterAll(() => runtime.stop())

const routeOf = (operationId: string): Route => {
  const found = routes.find((one) => one.operationId === operationId)
  if (found === undefined) throw new Error(`no route ${operationId}`)
  return found
}

const ids = {
  teamId: 'acme',
  appId: 'viewer',
  authorizationId: 'a1',
  period: '2026-11',
  version: 'v1',
  campaignId: 'c1',
  webhookId: 'wh-1',
  deliveryId: '000000001.000.email',
  memberId: 'sora',
}

/** A good request for the route, by somebody. */
function call(operationId: string, as: string | undefined, changes: Partial<typeof ids> = {}) {
  const { method, path } = routeOf(operationId)
  const names: Record<string, string> = { ...ids, ...changes }
  const { body, query } = good[operationId] ?? {}
  const search = query === undefined ? '' : `?${new URLSearchParams(query)}`
  return runtime.send({
    method,
    path: path.replace(/\{(\w+)\}/g, (_, name) => names[name] ?? '') + search,
    token: as === undefined ? undefined : (tokens.get(as) ?? as),
    body: body === undefined ? undefined : JSON.stringify(body),
  })
}

const protectedCalls = routes.filter(({ scope }) => scope !== null).map(({ operationId }) => operationId)
const hubCalls = routes
  .filter(({ scope }) => String(scope).startsWith('hub:'))
  .map(({ operationId }) => operationId)
const hubWrites = routes.filter(({ scope }) => scope === 'hub:write').map(({ operationId }) => operationId)

test('the two public calls need no token', async () => {
  const open = routes.filter(({ scope }) => scope === null).map(({ operationId }) => operationId)
  expect(open).toEqual(['getOffer', 'getOpenApi'])
  for (const operationId of open) expect((await call(operationId, undefined)).status).toBe(200)
})

describe.each(protectedCalls)('%s', (operationId) => {
  test('answers 401 without a token, with a false one, and with one whose signature is another', async () => {
    const [head, payload] = (tokens.get('ops') ?? '').split('.')
    const forged = `${head}.${payload}.${Buffer.from('x'.repeat(256)).toString('base64url')}`
    const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`
    for (const token of [undefined, 'nonsense', forged, none]) {
      const { status, body, contentType } = await call(operationId, token)
      expect({ status, contentType, code: body.code }).toEqual({
        status: 401,
        contentType: 'application/problem+json',
        code: 'UNAUTHENTICATED',
      })
    }
  })

  test('answers 403 to every scope but its own', async () => {
    const own = routeOf(operationId).scope
    const scopes = ['aps:meter', 'hub:read', 'hub:write', 'ops:admin'].filter((scope) => scope !== own)
    for (const scope of [...scopes, `${own}x`, scopes.join(' ')]) {
      const token = await runtime.tokenFor(scope.split(' '), 'acme', 'admin')
      const { status, body } = await call(operationId, token)
      expect({ scope, status, code: body.code }).toEqual({ scope, status: 403, code: 'INSUFFICIENT_SCOPE' })
    }
  })
})

describe.each(hubCalls)('%s', (operationId) => {
  test("does not tell another team's data from what does not exist", async () => {
    const whatever = { instance: '', requestId: '' }
    const foreign = await call(operationId, 'stranger', { teamId: 'acme' })
    const unknown = await call(operationId, 'stranger', { teamId: 'nobody' })
    expect(foreign.status).toBe(404)
    expect(unknown.status).toBe(404)
    expect({ ...foreign.body, ...whatever }).toEqual({ ...unknown.body, ...whatever })
    expect(foreign.body.instance).toBe(String(unknown.body.instance).replace('nobody', 'acme'))
    expect(foreign.body.code).toBe('NOT_FOUND')
  })

  test('answers 404 to a token without a team', async () => {
    expect((await call(operationId, 'no team')).status).toBe(404)
  })
})

test.each(hubWrites)('%s is refused to developers and to those without a role', async (operationId) => {
  for (const as of ['developer', 'no role']) {
    const { status, body } = await call(operationId, as)
    expect({ as, status, code: body.code }).toEqual({ as, status: 403, code: 'ADMIN_REQUIRED' })
  }
})

test.each(hubCalls.filter((one) => !hubWrites.includes(one)))(
  '%s may be read by developers',
  async (operationId) => {
    const { status, body } = await call(operationId, 'developer')
    expect(operationId === 'getInvoice' ? [status, body.code] : [status]).toEqual(
      operationId === 'getInvoice' ? [404, 'NOT_FOUND'] : [200],
    )
  },
)

test("another team's app can be neither limited nor moved, and looks like one that does not exist", async () => {
  const asOther = (appId: string) => call('limitApp', 'stranger', { teamId: 'other', appId })
  const [foreign, unknown] = [await asOther('viewer'), await asOther('nothing')]
  expect([foreign.status, unknown.status]).toEqual([404, 404])
  expect(foreign.body.detail).toBe(unknown.body.detail)
})
