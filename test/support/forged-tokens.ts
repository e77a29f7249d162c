import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type CryptoKey,
  exportSPKI,
  generateKeyPair,
  importJWK,
  type JWK,
  type JWTPayload,
  SignJWT,
} from 'jose'
import { localAuthority } from '../../local/synthesize.ts'

/** Claims of a local issuer's token with every permission for the team `acme`. */
const almighty: JWTPayload = {
  scope: 'aps:meter hub:read hub:write ops:admin',
  team: 'acme',
  role: 'admin',
  sub: 'acme',
}
const base64 = (value: object | string) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')
const now = () => Math.floor(Date.now() / 1000)

/** A real token of the issuer, signed with its own key, with changed claims. */
async function signed(
  key: CryptoKey | Uint8Array,
  changes: JWTPayload = {},
  header: object = {},
): Promise<string> {
  const { issuer, audience } = localAuthority
  const usual = { ...almighty, iss: issuer, aud: [...audience], iat: now(), exp: now() + 3_600 }
  return new SignJWT({ ...usual, ...changes })
    .setProtectedHeader({ alg: 'RS256', kid: 'local', ...header })
    .sign(key)
}

/**
 * Tokens that would grant everything if one thing about them were not wrong, by the wrong thing. `right` is
 * entirely valid. `dataDir` contains the issuer's key.
 */
export async function forgedTokens(
  dataDir: string,
): Promise<{ readonly right: string; readonly wrong: Readonly<Record<string, string>> }> {
  const jwk = JSON.parse(readFileSync(join(dataDir, 'issuer.json'), 'utf8')) as JWK
  const key = (await importJWK({ ...jwk, ext: true }, 'RS256')) as CryptoKey
  const publicKey = (await importJWK({ kty: 'RSA', n: jwk.n, e: jwk.e }, 'RS256', {
    extractable: true,
  })) as CryptoKey
  const stranger = await generateKeyPair('RS256', { extractable: true })
  const strangersJwk = { jwk: { kty: 'RSA', n: 'AQAB', e: 'AQAB' } }
  const right = await signed(key)
  const [head = '', payload = '', signature = ''] = right.split('.')
  const { issuer } = localAuthority
  const unsigned = (alg: string) => `${base64({ alg })}.${payload}.`
  const pem = new TextEncoder().encode(await exportSPKI(publicKey))
  const wrong = {
    'no token at all': '',
    nonsense: 'nonsense',
    'three dots': '...',
    'a signature of chance': `${head}.${payload}.${base64('x'.repeat(256))}`,
    'no signature': `${head}.${payload}.`,
    'the signature of another token': `${head}.${payload}.${(await signed(key, { team: 'other' })).split('.')[2]}`,
    'other claims under the signature': `${head}.${base64({ ...almighty, iss: issuer, aud: 'tollgate', exp: now() + 9 })}.${signature}`,
    'another key': await signed(stranger.privateKey),
    'a key that it brings itself': await signed(stranger.privateKey, {}, strangersJwk),
    'the public key as a shared secret': await signed(pem, {}, { alg: 'HS256' }),
    'no algorithm': unsigned('none'),
    'no algorithm, in capitals': unsigned('NONE'),
    'no algorithm, with the signature': `${base64({ alg: 'none' })}.${payload}.${signature}`,
    expired: await signed(key, { exp: now() - 1 }),
    'not yet valid': await signed(key, { nbf: now() + 3_600 }),
    'no end': await signed(key, { exp: undefined }),
    'another audience': await signed(key, { aud: ['other'] }),
    'no audience': await signed(key, { aud: undefined }),
    'another issuer': await signed(key, { iss: 'https://idp.example.org' }),
    'an issuer with a slash more': await signed(key, { iss: `${issuer}/` }),
    'cut at its end': right.slice(0, -8),
    'cut in half': right.slice(0, right.length / 2),
    'cut at its beginning': right.slice(1),
  }
  return { right, wrong }
}
