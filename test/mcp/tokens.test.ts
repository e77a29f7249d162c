import { createServer } from 'node:http'
import { type CryptoKey, exportJWK, generateKeyPair, SignJWT } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeVerifier } from '../../lambdas/mcp/tokens.ts'

/* Tokens of an issuer on this machine, with a key that it publishes and one that it does not. */

const issuer = 'https://issuer.example.com'
const [own, foreign] = await Promise.all([
  generateKeyPair('RS256', { extractable: true }),
  generateKeyPair('RS256', { extractable: true }),
])
const publicKey = { ...(await exportJWK(own.publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' }
let isDown = false
const asked: string[] = []
const server = createServer((request, response) => {
  asked.push(request.url ?? '')
  if (isDown) return void response.writeHead(503).end()
  const isKeys = request.url === '/keys'
  response.end(JSON.stringify(isKeys ? { keys: [publicKey] } : { jwks_uri: `${urlOf()}/keys` }))
})
const urlOf = () => {
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
}

beforeAll(() => new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve)))
afterAll(() => void server.close())

interface Made {
  readonly claims?: Readonly<Record<string, unknown>>
  readonly key?: CryptoKey
  readonly iss?: string
  readonly expires?: string | null
}

function tokenOf({
  claims = { aud: 'tollgate' },
  key = own.privateKey,
  iss = issuer,
  expires = '1h',
}: Made = {}) {
  const jwt = new SignJWT({ sub: 'sora', ...claims }).setProtectedHeader({ alg: 'RS256', kid: 'k1' })
  jwt.setIssuer(iss)
  if (expires !== null) jwt.setExpirationTime(expires)
  return jwt.sign(key)
}

const open = () => makeVerifier({ issuer, issuerUrl: urlOf(), audience: ['tollgate', 'page-client'] })

test('a token of the issuer for us is verified; the client of the token counts where it has no audience', async () => {
  const verify = open()
  expect(await verify(await tokenOf())).toMatchObject({ sub: 'sora', aud: 'tollgate' })
  expect(await verify(await tokenOf({ claims: { aud: ['x', 'tollgate'] } }))).toMatchObject({ sub: 'sora' })
  expect(await verify(await tokenOf({ claims: { client_id: 'page-client' } }))).toMatchObject({ sub: 'sora' })
})

test('any other token is not', async () => {
  const verify = open()
  const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from('{}').toString('base64url')}.`
  const others = [
    await tokenOf({ key: foreign.privateKey }),
    await tokenOf({ iss: 'https://elsewhere.example.com' }),
    await tokenOf({ expires: '1 minute ago' }),
    await tokenOf({ expires: null }),
    await tokenOf({ claims: { aud: 'else' } }),
    // An audience is not made good by a client.
    await tokenOf({ claims: { aud: 'else', client_id: 'page-client' } }),
    await tokenOf({ claims: {} }),
    await tokenOf({ claims: { aud: 'tollgate', nbf: Math.floor(Date.now() / 1_000) + 600 } }),
    unsigned,
    'nonsense',
    '',
    'x'.repeat(10_000),
  ]
  for (const token of others) expect([token, await verify(token)]).toEqual([token, undefined])
})

test('the keys are read once, and asked for again after the issuer has failed', async () => {
  const verify = open()
  isDown = true
  await expect(verify(await tokenOf())).rejects.toThrow('503')
  isDown = false
  asked.length = 0
  for (let call = 0; call < 5; call++) expect(await verify(await tokenOf())).toMatchObject({ sub: 'sora' })
  expect(asked).toEqual(['/.well-known/openid-configuration', '/keys'])
})
