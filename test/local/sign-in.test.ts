import { createHash } from 'node:crypto'
import { createLocalJWKSet, jwtVerify } from 'jose'
import { beforeEach, describe, expect, test } from 'vitest'
import { type Issuer, openIssuer } from '../../local/gateway/issuer.ts'
import type { Outgoing } from '../../local/gateway/message.ts'
import { makeOidcCalls } from '../../local/gateway/oidc.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const verifier = 'a-verifier-that-is-long-enough-to-be-one-of-43-or-more'
const challenge = createHash('sha256').update(verifier).digest('base64url')
const redirect = 'http://127.0.0.1:8787/signed-in'
const authority = { issuer: 'http://127.0.0.1/local', audience: ['tollgate'] }
const asked = {
  client_id: 'hub',
  redirect_uri: redirect,
  response_type: 'code',
  code_challenge: challenge,
  code_challenge_method: 'S256',
  scope: 'openid hub:read hub:write ops:admin',
  state: 'what the page remembers',
  team: 'acme',
  role: 'developer',
}
const exchanged = { grant_type: 'authorization_code', client_id: 'hub', redirect_uri: redirect }

let issuer: Issuer
let realTime = 0
let calls: ReturnType<typeof makeOidcCalls>
beforeEach(async () => {
  issuer ??= await openIssuer(temporaryFolder())
  realTime = 1_000_000
  const findTeams = async (search: string) => ({ teams: [], hasMore: search === 'many' })
  const findPeople = async (search: string) => ({ people: [], hasMore: search === 'many' })
  calls = makeOidcCalls({ issuer, authority, findTeams, findPeople, now: () => realTime })
})

function send(call: string, body = ''): Promise<Outgoing> {
  const [method = '', target = ''] = call.split(' ')
  const found = calls[`${method} ${target.split('?')[0]}`]
  if (found === undefined) throw new Error(`no ${call}`)
  const headers = { host: '127.0.0.1:8787' }
  return found({ method, target, headers, body: Buffer.from(body), sourceIp: '127.0.0.1' })
}

async function codeFor(changes: object = {}): Promise<string> {
  const { status, body } = await send('POST /local/oidc/authorize', JSON.stringify({ ...asked, ...changes }))
  if (status !== 200) throw new Error(`status ${status}`)
  return new URL(JSON.parse(String(body)).location).searchParams.get('code') ?? ''
}

async function exchange(changes: Record<string, string>) {
  const form = new URLSearchParams({ ...exchanged, code_verifier: verifier, ...changes })
  const { status, body } = await send('POST /local/oidc/token', form.toString())
  return { status, body: JSON.parse(String(body)) }
}

test('a code and its verifier become a token for the API, with the chosen team and role', async () => {
  const { status, body } = await exchange({ code: await codeFor() })
  expect(status).toBe(200)
  expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 43_200, scope: 'openid hub:read hub:write' })
  expect(await issuer.verify(body.access_token, authority)).toMatchObject({
    scope: 'openid hub:read hub:write',
    team: 'acme',
    role: 'developer',
  })
})

test('a person gets a token that states the address, in lower case, and no team', async () => {
  const { team: _, role: __, ...person } = { ...asked, person: 'Sora@Example.com' }
  const body = JSON.stringify(person)
  const granted = await send('POST /local/oidc/authorize', body)
  const code = new URL(JSON.parse(String(granted.body)).location).searchParams.get('code') ?? ''
  const claims = await issuer.verify((await exchange({ code })).body.access_token, authority)
  expect(claims).toMatchObject({ sub: expect.stringMatching(/^[0-9a-f]{32}$/), person: 'sora@example.com' })
  expect(claims).not.toHaveProperty('team')
})

test('an operator gets the scope of operators, which nobody else does who asks for it', async () => {
  const granted = async (who: object) => {
    const { team: _, role: __, ...rest } = asked
    const { body } = await send('POST /local/oidc/authorize', JSON.stringify({ ...rest, ...who }))
    const code = new URL(JSON.parse(String(body)).location).searchParams.get('code') ?? ''
    return (await exchange({ code })).body.scope
  }
  expect(await granted({ operator: 'mika@example.com' })).toBe('openid hub:read hub:write ops:admin')
  expect(await granted({ person: 'mika@example.com' })).toBe('openid hub:read hub:write')
  expect(await granted({ team: 'acme', role: 'admin' })).toBe('openid hub:read hub:write')
})

test('the identity token is for the page, and the API refuses it', async () => {
  const { body } = await exchange({ code: await codeFor({ nonce: 'n-1' }) })
  const keys = createLocalJWKSet({ keys: [...issuer.jwks.keys] })
  const { payload } = await jwtVerify(body.id_token, keys)
  expect(payload).toMatchObject({ iss: 'http://127.0.0.1:8787/local/oidc', aud: ['hub'], nonce: 'n-1' })
  expect(await issuer.verify(body.id_token, authority)).toBeUndefined()
})

describe('a code is invalid', () => {
  const refused = { status: 400, body: { error: 'invalid_grant' } }

  test('with another verifier, and then not with the right one either', async () => {
    const code = await codeFor()
    expect(await exchange({ code, code_verifier: `${verifier}x` })).toEqual(refused)
    expect(await exchange({ code })).toEqual(refused)
  })

  test('on its second use', async () => {
    const code = await codeFor()
    expect((await exchange({ code })).status).toBe(200)
    expect(await exchange({ code })).toEqual(refused)
  })

  test('after a minute', async () => {
    const code = await codeFor()
    realTime += 60_000
    expect(await exchange({ code })).toEqual(refused)
  })

  test('only after a minute, and valid before', async () => {
    const code = await codeFor()
    realTime += 59_999
    expect((await exchange({ code })).status).toBe(200)
  })

  test('for another redirect address', async () => {
    const code = await codeFor()
    expect(await exchange({ code, redirect_uri: 'http://localhost:8787/signed-in' })).toEqual(refused)
  })

  test('if it was never issued', async () => expect(await exchange({ code: 'guessed' })).toEqual(refused))

  test.each<Record<string, string>>([
    { grant_type: 'password' },
    { client_id: 'other' },
    { code_verifier: 'short' },
  ])('asked for with %o', async (changes) => {
    const code = await codeFor()
    expect(await exchange({ code, ...changes })).toEqual({
      status: 400,
      body: { error: 'invalid_request' },
    })
  })
})

describe('a code is not issued', () => {
  test.each<[string, object]>([
    ['to another place', { redirect_uri: 'https://evil.example/signed-in' }],
    ['to another path of this machine', { redirect_uri: 'http://127.0.0.1:8787/other' }],
    ['to another client', { client_id: 'other' }],
    ['without a challenge', { code_challenge: undefined }],
    ['with a challenge in clear', { code_challenge_method: 'plain' }],
    ['for a token at once', { response_type: 'token' }],
    ['for a role that is none', { role: 'operator' }],
    ['for a team that can have no such id', { team: 'a#b' }],
  ])('%s', async (_, changes) => {
    const { status } = await send('POST /local/oidc/authorize', JSON.stringify({ ...asked, ...changes }))
    expect(status).toBe(400)
  })
})

test('too many codes displace only the oldest', async () => {
  const oldest = await codeFor()
  const second = await codeFor()
  for (let more = 0; more < 999; more++) await codeFor()
  expect((await exchange({ code: oldest })).status).toBe(400)
  expect((await exchange({ code: second })).status).toBe(200)
})

test('the discovery document uses the requested address', async () => {
  const { body } = await send('GET /local/oidc/.well-known/openid-configuration')
  expect(JSON.parse(String(body))).toMatchObject({
    issuer: 'http://127.0.0.1:8787/local/oidc',
    authorization_endpoint: 'http://127.0.0.1:8787/local/oidc/authorize',
    token_endpoint: 'http://127.0.0.1:8787/local/oidc/token',
    end_session_endpoint: 'http://127.0.0.1:8787/local/oidc/logout',
    code_challenge_methods_supported: ['S256'],
  })
})

test('signing out leads to the page, with any redirect address', async () => {
  const { status, headers } = await send(
    'GET /local/oidc/logout?post_logout_redirect_uri=https%3A%2F%2Fevil.example&state=s',
  )
  expect(status).toBe(302)
  expect(headers.location).toBe('http://127.0.0.1:8787/signed-out?state=s')
})

test('teams are found by words', async () => {
  const { body } = await send('GET /local/oidc/teams?search=many')
  expect(JSON.parse(String(body))).toEqual({ teams: [], hasMore: true })
})
