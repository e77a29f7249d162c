import { createHash, randomBytes } from 'node:crypto'
import * as v from 'valibot'
import type { FoundPeople } from '../../audit/people-list.ts'
import type { FoundTeams } from '../../audit/team-list.ts'
import type { Authority, Issuer } from './issuer.ts'
import { badRequest, type Incoming, json, type Outgoing, problem } from './message.ts'

/** The page as a client of the issuer, and the scopes that it requests. */
export const clientId = 'hub'
export const scopes = ['openid', 'hub:read', 'hub:write']
/** The scopes that the operators' console requests. Only operators are given the last one. */
export const operatorScopes = [...scopes, 'ops:admin']

const basePath = '/local/oidc'
/** Path of the local sign-in page. */
export const authorizePath = `${basePath}/authorize`

const codeMilliseconds = 60_000
const codesMax = 1_000

const challenge = v.pipe(v.string(), v.regex(/^[\w-]{43}$/))
const id = v.pipe(v.string(), v.regex(/^[A-Za-z0-9._-]{1,64}$/))
const text = v.pipe(v.string(), v.maxLength(2_000))

const Authorization = v.object({
  client_id: v.literal(clientId),
  redirect_uri: text,
  response_type: v.literal('code'),
  code_challenge: challenge,
  code_challenge_method: v.literal('S256'),
  scope: text,
  state: v.optional(text),
  nonce: v.optional(text),
})

const address = v.pipe(v.string(), v.email(), v.maxLength(254), v.toLowerCase())

/** A person, whose memberships decide, an operator, who is a person too, or a team and a role. */
const Identity = v.union([
  v.object({ operator: address }),
  v.object({ person: address }),
  v.object({ team: id, role: v.picklist(['admin', 'developer']) }),
])
const IdentifiedAuthorization = v.intersect([Authorization, Identity])
type IdentifiedAuthorization = v.InferOutput<typeof IdentifiedAuthorization>

const Exchange = v.object({
  grant_type: v.literal('authorization_code'),
  client_id: v.literal(clientId),
  code: text,
  redirect_uri: text,
  code_verifier: v.pipe(v.string(), v.regex(/^[\w.~-]{43,128}$/)),
})

interface Granted {
  readonly asked: IdentifiedAuthorization
  readonly goneAt: number
}

export interface OidcParts {
  readonly issuer: Issuer
  readonly authority: Authority
  readonly findTeams: (search: string) => Promise<FoundTeams>
  readonly findPeople: (search: string) => Promise<FoundPeople>
  /**
   * Real time in epoch milliseconds, because codes do not expire by the test clock. Default: the machine's
   * clock.
   */
  readonly now?: () => number
}

/** Discovery document of the local issuer, with URLs on the requested host. */
export const issuerFor = (host: string): string => `http://${host}${basePath}`

/**
 * Signs people in on one machine: OpenID Connect's code flow with PKCE, for the page only. There is no
 * password: people pick a person, or a team and a role. A code works once, within a minute, for the client that knows the
 * verifier.
 */
export function makeOidcCalls(parts: OidcParts): Record<string, (incoming: Incoming) => Promise<Outgoing>> {
  const codes = new Map<string, Granted>()
  const now = parts.now ?? Date.now
  return {
    [`GET ${basePath}/.well-known/openid-configuration`]: async (incoming) => json(200, discovery(incoming)),
    [`GET ${basePath}/teams`]: async (incoming) =>
      json(200, await parts.findTeams(queryOf(incoming).get('search') ?? '')),
    [`GET ${basePath}/people`]: async (incoming) =>
      json(200, await parts.findPeople(queryOf(incoming).get('search') ?? '')),
    [`POST ${authorizePath}`]: async (incoming) => authorize(incoming, codes, now()),
    [`POST ${basePath}/token`]: (incoming) => exchange(incoming, { ...parts, codes, now: now() }),
    [`GET ${basePath}/logout`]: async (incoming) => signOut(incoming),
  }
}

function discovery({ headers }: Incoming): object {
  const issuer = issuerFor(headers.host ?? '')
  return {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    end_session_endpoint: `${issuer}/logout`,
    jwks_uri: `http://${headers.host}/local/jwks.json`,
    scopes_supported: operatorScopes,
    response_types_supported: ['code'],
    grant_types_supported: ['authorization_code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    token_endpoint_auth_methods_supported: ['none'],
    code_challenge_methods_supported: ['S256'],
  }
}

/** Issues a code and returns the redirect to the page. Other redirect targets are refused. */
function authorize(incoming: Incoming, codes: Map<string, Granted>, now: number): Outgoing {
  const asked = v.safeParse(IdentifiedAuthorization, parsed(incoming.body))
  if (!asked.success) return problem(badRequest(asked.issues[0].message), incoming.target)
  const { redirect_uri, state } = asked.output
  if (redirect_uri !== pageUrl(incoming, '/signed-in'))
    return problem(badRequest('redirect_uri is not that of the page.'), incoming.target)
  dropOld(codes, now)
  const code = randomBytes(32).toString('base64url')
  codes.set(code, { asked: asked.output, goneAt: now + codeMilliseconds })
  const query = new URLSearchParams({ code, ...(state !== undefined && { state }) })
  return json(200, { location: `${redirect_uri}?${query}` })
}

function dropOld(codes: Map<string, Granted>, now: number): void {
  for (const [code, { goneAt }] of codes) if (goneAt <= now || codes.size >= codesMax) codes.delete(code)
}

interface ExchangeParts extends Omit<OidcParts, 'now'> {
  readonly codes: Map<string, Granted>
  readonly now: number
}

async function exchange(
  incoming: Incoming,
  { codes, now, issuer, authority }: ExchangeParts,
): Promise<Outgoing> {
  const form = v.safeParse(Exchange, Object.fromEntries(new URLSearchParams(incoming.body.toString('utf8'))))
  if (!form.success) return json(400, { error: 'invalid_request' })
  const { code, redirect_uri, code_verifier } = form.output
  const granted = codes.get(code)
  // A wrong verifier means that the code was guessed or stolen, so the code becomes invalid.
  codes.delete(code)
  const isRight =
    granted !== undefined &&
    now < granted.goneAt &&
    granted.asked.redirect_uri === redirect_uri &&
    granted.asked.code_challenge === createHash('sha256').update(code_verifier).digest('base64url')
  if (!isRight) return json(400, { error: 'invalid_grant' })
  const { nonce, scope } = granted.asked
  const known = scope.split(' ').filter((word) => scopesOf(granted.asked).includes(word))
  const who = whoIs(granted.asked)
  const identity = { issuer: issuerFor(incoming.headers.host ?? ''), audience: [clientId] }
  return json(200, {
    token_type: 'Bearer',
    expires_in: issuer.lifetimeSeconds,
    scope: known.join(' '),
    access_token: await issuer.issue({ scopes: known, ...who }, authority),
    id_token: await issuer.issue({ scopes: [], ...who, nonce }, identity),
  })
}

/** The scopes that the one who signed in may have. */
const scopesOf = (asked: IdentifiedAuthorization) => ('operator' in asked ? operatorScopes : scopes)

function whoIs(asked: IdentifiedAuthorization) {
  if ('operator' in asked) return { person: asked.operator }
  return 'person' in asked ? { person: asked.person } : { team: asked.team, role: asked.role }
}

function signOut(incoming: Incoming): Outgoing {
  const location = pageUrl(incoming, '/signed-out')
  const state = queryOf(incoming).get('state')
  const query = state === null ? '' : `?${new URLSearchParams({ state })}`
  return { status: 302, headers: { location: `${location}${query}`, 'cache-control': 'no-store' }, body: '' }
}

function pageUrl({ headers }: Incoming, path: string): string {
  return `http://${headers.host}${path}`
}

function queryOf({ target }: Incoming): URLSearchParams {
  return new URLSearchParams(target.split('?')[1] ?? '')
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return undefined
  }
}
