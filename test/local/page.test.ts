import { beforeAll, describe, expect, test } from 'vitest'
import type { Outgoing } from '../../local/gateway/message.ts'
import { servePage } from '../../local/page/page.ts'
import { buildPage } from '../../local/page/page-build.ts'

let serve: ReturnType<typeof servePage>
let index: string
beforeAll(async () => {
  serve = servePage(await buildPage())
  index = String(get('/')?.body)
})

function get(target: string, headers: Record<string, string> = {}, method = 'GET'): Outgoing | undefined {
  const all = { host: '127.0.0.1:8787', ...headers }
  return serve({ method, target, headers: all, body: Buffer.alloc(0), sourceIp: '127.0.0.1' })
}

describe('the page', () => {
  test.each([
    '/',
    '/teams/acme/overview',
    '/teams/acme/plan?preview=true',
    '/signed-in?code=x&state=y',
    '/signed-out',
    '/invitations',
    '/ops',
    '/ops/teams?state=overdue',
    '/local/oidc/authorize?client_id=hub',
  ])('is shown at %s', (target) => {
    const found = get(target)
    expect(found?.status).toBe(200)
    expect(String(found?.body)).toBe(index)
    expect(found?.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
    })
  })

  test.each([
    '/v1/offer',
    '/local/clock',
    '/nothing',
    '/assets/nothing.js',
    '/../package.json',
    '/hub',
    '/team',
  ])('is not shown at %s', (target) => expect(get(target)).toBeUndefined())

  test('is read-only', () => expect(get('/', {}, 'POST')).toBeUndefined())

  test('has no inline script or style', () => {
    expect(index).not.toMatch(/<style|style=|<script(?![^>]*\bsrc=)|\son\w+=/)
  })
})

test('a file that is named by its content is cached permanently, and revalidated by its tag', () => {
  const [script = ''] = /\/assets\/[\w-]+\.js/.exec(index) ?? []
  const found = get(script)
  expect(found?.headers).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'public, max-age=31536000, immutable',
  })
  const again = get(script, { 'if-none-match': String(found?.headers.etag) })
  expect(again).toMatchObject({ status: 304, body: '' })
})

test('every file has the security headers, and may connect only to its own origin', () => {
  const { headers } = get('/') ?? {}
  expect(headers?.['content-security-policy']).toContain(
    "default-src 'none'; script-src 'self'; style-src 'self'",
  )
  expect(headers?.['content-security-policy']).toContain("connect-src 'self' http://127.0.0.1:8787;")
  expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY' })
  expect(headers).not.toHaveProperty('strict-transport-security')
})

test('the settings name the issuer at the requested address', () => {
  const settings = JSON.parse(String(get('/config.json', { host: 'localhost:9000' })?.body))
  expect(settings).toEqual({
    issuer: 'http://localhost:9000/local/oidc',
    clientId: 'hub',
    api: '',
    operatorScopes: ['openid', 'hub:read', 'hub:write', 'ops:admin'],
    scopes: ['openid', 'hub:read', 'hub:write'],
    timeMachine: true,
    docsUrl: expect.stringMatching(/^https:/),
    supportUrl: expect.stringMatching(/^https:/),
    paymentPage: 'http://localhost:9000/local/pay',
  })
})
