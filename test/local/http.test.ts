import { readFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { generateKeyPair, importJWK, SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Runtime } from '../../local/runtime.ts'
import { localAuthority } from '../../local/synthesize.ts'
import { readWiring } from '../../local/wiring.ts'
import { changedAssembly, makeAssembly } from './assembly-fixture.ts'
import { newDataDir, send, startFixture, tokenFrom } from './runtime-fixture.ts'

const dataDir = newDataDir()
let runtime: Runtime
let token: string
beforeAll(async () => {
  runtime = await startFixture(makeAssembly().folder, { dataDir })
  token = await tokenFrom(runtime.url, { scopes: ['hub:read', 'hub:write'], team: 'acme', role: 'admin' })
})
afterAll(() => runtime.stop())

const at = (path: string) => `${runtime.url}${path}`

describe('a request reaches its function as API Gateway would send it', () => {
  test('it carries route, path, query, headers, cookies, claims and body', async () => {
    const path = '/v1/teams/ac%2Dme/apps/b%20c/limits?x=1&x=2&y=a%20b'
    const headers = { 'Content-Type': 'application/json', cookie: 'k=v; l=w', 'X-Test': 'T' }
    const { status, body } = await send(at(path), { method: 'PUT', token, headers, body: '{"a":1}' })
    expect(status).toBe(200)
    expect(body.event).toMatchObject({
      version: '2.0',
      routeKey: 'PUT /v1/teams/{teamId}/apps/{appId}/limits',
      rawPath: '/v1/teams/ac%2Dme/apps/b%20c/limits',
      rawQueryString: 'x=1&x=2&y=a%20b',
      queryStringParameters: { x: '1,2', y: 'a b' },
      pathParameters: { teamId: 'ac-me', appId: 'b c' },
      cookies: ['k=v', 'l=w'],
      headers: { 'x-test': 'T' },
      body: '{"a":1}',
      isBase64Encoded: false,
      requestContext: {
        http: { method: 'PUT', sourceIp: expect.stringContaining('127.0.0.1') },
        authorizer: { jwt: { claims: { scope: 'hub:read hub:write', team: 'acme', role: 'admin' } } },
      },
    })
    expect(body.event.headers.cookie).toBeUndefined()
  })

  test('it carries binary bodies in base64', async () => {
    const headers = { 'content-type': 'application/octet-stream' }
    const sent = { method: 'PUT', token, headers, body: 'xyz' }
    const { body } = await send(at('/v1/teams/acme/plan'), sent)
    expect(body.event).toMatchObject({ body: Buffer.from('xyz').toString('base64'), isBase64Encoded: true })
  })

  test('the function has the environment of the template and nothing of this machine', async () => {
    const { body } = await send(at('/v1/teams/acme/balance'), { token })
    expect(body).toMatchObject({ table: 'TableCD117FA1', home: null })
  })

  test('the response comes back, including cookies and lower-case headers', async () => {
    const { headers } = await send(at('/v1/teams/acme/balance'), { token })
    expect(headers.get('content-type')).toBe('application/json')
    expect(headers.getSetCookie()).toEqual(['a=1', 'b=2'])
  })
})

describe('an unknown route is not found', () => {
  test.each([
    ['GET', '/'],
    ['GET', '/v1/authorizations'],
    ['PUT', '/v1/openapi.json'],
    ['GET', '/v1/teams//balance'],
    ['GET', '/v1/teams/acme/balance/'],
    ['GET', '/v1/teams/%zz/balance'],
  ])("%s %s: API Gateway's own answer", async (method, path) => {
    const { status, headers, body } = await send(at(path), { method, token })
    expect([status, body]).toEqual([404, { message: 'Not Found' }])
    expect(headers.get('content-type')).toBe('application/json')
    expect(headers.get('apigw-requestid')).toMatch(/./)
  })

  test('a local call that does not exist is a problem document', async () => {
    const { status, headers, body } = await send(at('/local/nothing'), { token })
    expect(status).toBe(404)
    expect(headers.get('content-type')).toBe('application/problem+json')
    expect(body).toMatchObject({
      code: 'NOT_FOUND',
      instance: '/local/nothing',
      requestId: expect.any(String),
    })
  })

  test('a path with dots is not normalized', async () => {
    const options = { port: new URL(runtime.url).port, path: '/v1/teams/../../local/clock' }
    const status = await new Promise((resolve) =>
      request(options, (answer) => resolve(answer.statusCode)).end(),
    )
    expect(status).toBe(404)
  })
})

describe('a caller without a valid token is refused', () => {
  const day = 86_400
  const base = { scope: 'ops:admin' }
  const sign = (
    key: Parameters<SignJWT['sign']>[0],
    changes: Record<string, unknown> = {},
    alg = 'RS256',
  ) => {
    const now = Math.floor(Date.now() / 1000)
    const claims = {
      ...base,
      iss: localAuthority.issuer,
      aud: localAuthority.audience,
      exp: now + day,
      ...changes,
    }
    return new SignJWT(claims).setProtectedHeader({ alg, kid: 'local' }).sign(key)
  }
  const ownKey = async () => {
    const jwk = JSON.parse(readFileSync(join(dataDir, 'issuer.json'), 'utf8'))
    const key = await importJWK(jwk, 'RS256')
    if (key instanceof Uint8Array) throw new Error('not an RSA key')
    return key
  }
  const expectRefused = async (forged: string | undefined) => {
    const { status, headers, body } = await send(at('/v1/teams/acme/balance'), { token: forged })
    expect([status, body]).toEqual([401, { message: 'Unauthorized' }])
    expect(headers.get('www-authenticate')).toBe('Bearer')
  }

  test('our own signature is accepted, so the cases below fail for their own reason', async () => {
    expect((await send(at('/v1/teams/acme/balance'), { token: await sign(await ownKey()) })).status).toBe(200)
  })
  test('a missing token', () => expectRefused(undefined))
  test('a text that is not a token', () => expectRefused('abc.def.ghi'))
  test('a truncated token', () => expectRefused(token.slice(0, -4)))
  test('a token without its signature', () => expectRefused(token.replace(/[^.]+$/, '')))
  test('another payload with the same signature', () => {
    const [header, , signature] = token.split('.')
    const payload = Buffer.from(JSON.stringify({ ...base, exp: 9e9 })).toString('base64url')
    return expectRefused(`${header}.${payload}.${signature}`)
  })
  test('a signature with another key', async () => {
    const { privateKey } = await generateKeyPair('RS256')
    await expectRefused(await sign(privateKey))
  })
  test('a signature with the public key as a secret', async () => {
    const [{ n }] = (await send(at('/local/jwks.json'))).body.keys
    await expectRefused(await sign(Buffer.from(n), {}, 'HS256'))
  })
  test('an unsigned token', () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    return expectRefused(`${part({ alg: 'none' })}.${part({ ...base, exp: 9e9 })}.`)
  })
  test('an expired token', async () => expectRefused(await sign(await ownKey(), { exp: 1_700_000_000 })))
  test('a token without an expiry', async () => expectRefused(await sign(await ownKey(), { exp: undefined })))
  test('a token for another audience', async () =>
    expectRefused(await sign(await ownKey(), { aud: 'other' })))
  test('a token of another issuer', async () =>
    expectRefused(await sign(await ownKey(), { iss: 'https://elsewhere' })))

  test('a public route needs no token', async () => {
    expect((await send(at('/v1/openapi.json'))).status).toBe(200)
  })
})

describe('the gateway responds for a function that fails', () => {
  const ask = (body: string) => send(at('/v1/authorizations'), { method: 'POST', token, body })

  test.each(['throw', 'exit', 'nonsense'])(
    '%s: a 500 without details, and the next request works',
    async (how) => {
      const { status, body } = await ask(JSON.stringify({ do: how }))
      expect(status).toBe(500)
      expect(body).toEqual({ message: 'Internal Server Error' })
      expect((await ask('{}')).status).toBe(200)
    },
  )

  test('a hanging function ends at the timeout of the template', async () => {
    expect((await send(at('/v1/openapi.json?do=hang'))).status).toBe(500)
    expect((await send(at('/v1/openapi.json'))).status).toBe(200)
  })

  test('a function that outlasts API Gateway is a 503, and the next request works', async () => {
    const folder = changedAssembly(makeAssembly().folder, (resources) => {
      for (const { Type, Properties } of Object.values(resources))
        if (Type === 'AWS::ApiGatewayV2::Integration') Properties.TimeoutInMillis = 3_000
    })
    const hasty = await startFixture(folder)
    const openapi = `${hasty.url}/v1/openapi.json`
    expect((await send(openapi)).status).toBe(200)
    const { status, headers, body } = await send(`${openapi}?do=hang`)
    expect([status, body]).toEqual([503, { message: 'Service Unavailable' }])
    expect(headers.get('apigw-requestid')).toMatch(/./)
    expect((await send(openapi)).status).toBe(200)
    await hasty.stop()
  })

  test("no function of a route may run longer than API Gateway's 30 seconds", () => {
    const { functions, routes } = readWiring(makeAssembly().folder)
    const called = functions.filter(({ id }) => routes.some(({ functionId }) => functionId === id))
    expect(called.length).toBeGreaterThan(1)
    expect(called.filter(({ timeoutMilliseconds }) => timeoutMilliseconds >= 30_000)).toEqual([])
    expect(new Set(routes.map(({ timeoutMilliseconds }) => timeoutMilliseconds))).toEqual(new Set([30_000]))
  })

  test.each([
    ['10 MB, the limit of API Gateway', 10 * 1024 * 1024 + 1],
    ['6 MB, the limit of a function', 6 * 1024 * 1024],
  ])('a body over %s does not reach the function', async (_, bytes) => {
    const { status, body } = await ask('x'.repeat(bytes))
    expect([status, body]).toEqual([413, { message: 'Request Entity Too Large' }])
  })

  test('a body below both limits reaches the function', async () => {
    expect((await ask('x'.repeat(2_000_000))).status).toBe(200)
  })

  test('a result over 6 MB is a 500, and one below it is an answer', async () => {
    const long = (chars: number) => ask(JSON.stringify({ do: 'long', chars }))
    expect((await long(6_000_000)).status).toBe(200)
    const { status, body } = await long(6_300_000)
    expect([status, body]).toEqual([500, { message: 'Internal Server Error' }])
    // Quotes are two bytes of JSON each.
    expect((await ask(JSON.stringify({ do: 'long', chars: 3_200_000, of: '"' }))).status).toBe(500)
  })
})

describe('calls from pages of other sites are refused', () => {
  const statusOf = (headers: Record<string, string>) =>
    new Promise((resolve) => {
      const options = { port: new URL(runtime.url).port, path: '/local/clock', headers }
      request(options, (answer) => resolve(answer.statusCode)).end()
    })
  test('by their origin', async () => expect(await statusOf({ origin: 'https://evil.example' })).toBe(400))
  test('by a host name that resolves to this machine', async () =>
    expect(await statusOf({ host: 'evil.example' })).toBe(400))
  test('calls from the local page are accepted', async () => {
    const host = new URL(runtime.url).host
    expect(await statusOf({ host, origin: `http://${host}` })).toBe(200)
  })
})

describe('POST /local/tokens', () => {
  const ask = (body: string) => send(at('/local/tokens'), { method: 'POST', body })
  test.each(['', '[]', '{}', '{"scopes":"ops:admin"}', '{"scopes":[1]}', '{"scopes":["a"],"admin":true}'])(
    'refuses %s',
    async (body) => expect((await ask(body)).status).toBe(400),
  )
  test('issues tokens that can be verified with /local/jwks.json', async () => {
    const { body } = await send(at('/local/jwks.json'))
    expect(body.keys).toEqual([expect.objectContaining({ kty: 'RSA', alg: 'RS256', kid: 'local' })])
    expect(body.keys[0].d).toBeUndefined()
  })
})
