import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { type CryptoKey, exportJWK, generateKeyPair, importJWK, type JWK, jwtVerify, SignJWT } from 'jose'
import * as v from 'valibot'
import { readJson, writeJson } from '../../audit/data-folder/json-file.ts'

// API Gateway accepts no other algorithms.
const algorithm = 'RS256'
const keyId = 'local'
const lifetimeSeconds = 12 * 3_600

const SavedKey = v.looseObject({ kty: v.literal('RSA'), n: v.string(), e: v.string(), d: v.string() })

export interface TokenRequest {
  readonly scopes: readonly string[]
  readonly team?: string
  readonly role?: string
  readonly person?: string
  /** Returned to OpenID Connect clients unchanged. */
  readonly nonce?: string
}

export interface Authority {
  readonly issuer: string
  readonly audience: readonly string[]
}

/**
 * Issues and verifies tokens with a key in the data folder. Tokens expire by real time, never by the test
 * clock.
 */
export interface Issuer {
  readonly jwks: { readonly keys: readonly JWK[] }
  readonly lifetimeSeconds: number
  issue(request: TokenRequest, authority: Authority): Promise<string>
  /**
   * Returns the claims of a token whose signature, audience and dates are valid; undefined for every other
   * string.
   */
  verify(token: string, authority: Authority): Promise<Record<string, unknown> | undefined>
}

const subjectChars = 32

export async function openIssuer(dataDir: string): Promise<Issuer> {
  const { d, p, q, dp, dq, qi, oth, ...publicJwk } = await loadKey(join(dataDir, 'issuer.json'))
  const privateKey = await asKey({ d, p, q, dp, dq, qi, oth, ...publicJwk })
  const publicKey = await asKey(publicJwk)
  return {
    jwks: { keys: [{ ...publicJwk, kid: keyId, alg: algorithm, use: 'sig' }] },
    lifetimeSeconds,
    issue: ({ scopes, team, role, person, nonce }, { issuer, audience }) =>
      new SignJWT({
        scope: scopes.join(' '),
        ...(team && { team }),
        ...(role && { role }),
        ...(person && { person }),
        ...(nonce && { nonce }),
      })
        .setProtectedHeader({ alg: algorithm, kid: keyId })
        .setSubject(person === undefined ? (team ?? 'local') : subjectOf(person))
        .setIssuer(issuer)
        .setAudience([...audience])
        .setIssuedAt()
        .setExpirationTime(`${lifetimeSeconds}s`)
        .sign(privateKey),
    async verify(token, { issuer, audience }) {
      const options = { issuer, audience: [...audience], algorithms: [algorithm], requiredClaims: ['exp'] }
      const verified = await jwtVerify(token, publicKey, options).catch(() => undefined)
      return verified?.payload
    },
  }
}

/** The same id for a person at each sign-in, which does not show the address. */
function subjectOf(person: string): string {
  return createHash('sha256').update(person.toLowerCase()).digest('hex').slice(0, subjectChars)
}

async function loadKey(file: string): Promise<JWK> {
  const saved = readJson(file)
  if (saved !== undefined) return v.parse(SavedKey, saved)
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true })
  const jwk = await exportJWK(privateKey)
  writeJson(file, jwk)
  return jwk
}

async function asKey(jwk: JWK): Promise<CryptoKey> {
  const key = await importJWK(jwk, algorithm)
  if (key instanceof Uint8Array) throw new Error('The key of the local issuer is not an RSA key')
  return key
}
