import { createRemoteJWKSet, errors, jwtVerify } from 'jose'
import * as v from 'valibot'
import { realClock } from '../runtime/clock.ts'

/** The issuer of tokens, as the function reaches it. */
export interface Authority {
  readonly issuer: string
  /** The address of the issuer's documents: the issuer itself, except on one machine. */
  readonly issuerUrl: string
  readonly audience: readonly string[]
}

/** The verified claims of a token; undefined for a token that is not valid. Throws when the issuer does not answer. */
export type VerifyToken = (token: string) => Promise<Readonly<Record<string, unknown>> | undefined>

const Configuration = v.object({ jwks_uri: v.pipe(v.string(), v.url()) })

/** API Gateway accepts no other algorithm than those of RSA; our issuers use this one. */
const algorithms = ['RS256']
const tokenCharsMax = 8_192
const issuerPatienceMs = 3_000
const keysKeptMs = 600_000
/** An unknown key id makes a function ask the issuer again, and no more often than this. */
const keysAskedEveryMs = 30_000

/** Verifies tokens as API Gateway's authorizer does: by the issuer's keys, the dates, and the audience or the client. */
export function makeVerifier({ issuer, issuerUrl, audience }: Authority): VerifyToken {
  let keys: ReturnType<typeof openKeys> | undefined
  return async (token) => {
    if (token === '' || token.length > tokenCharsMax) return undefined
    keys ??= openKeys(issuerUrl)
    const found = await keys.catch((cause: unknown) => {
      keys = undefined
      throw cause
    })
    try {
      const currentDate = new Date(realClock.now())
      const options = { issuer, algorithms, requiredClaims: ['exp'], currentDate }
      const { payload } = await jwtVerify(token, found, options)
      return isForUs(payload, audience) ? payload : undefined
    } catch (cause) {
      if (isOfIssuer(cause)) throw cause
      return undefined
    }
  }
}

async function openKeys(issuerUrl: string) {
  const address = `${issuerUrl}/.well-known/openid-configuration`
  const answer = await fetch(address, { signal: AbortSignal.timeout(issuerPatienceMs) })
  if (!answer.ok) throw new Error(`${address} answers ${answer.status}`)
  const { jwks_uri } = v.parse(Configuration, await answer.json())
  return createRemoteJWKSet(new URL(jwks_uri), {
    timeoutDuration: issuerPatienceMs,
    cooldownDuration: keysAskedEveryMs,
    cacheMaxAge: keysKeptMs,
  })
}

/** Access tokens of Cognito have no audience: their client takes its place. */
function isForUs(
  { aud, client_id }: Readonly<Record<string, unknown>>,
  audience: readonly string[],
): boolean {
  const named = [aud ?? client_id].flat()
  return named.some((name) => typeof name === 'string' && audience.includes(name))
}

/** True for an error that says nothing about the token, because the keys could not be read. */
function isOfIssuer(cause: unknown): boolean {
  if (!(cause instanceof errors.JOSEError)) return true
  return cause instanceof errors.JWKSTimeout || cause.code === errors.JOSEError.code
}
