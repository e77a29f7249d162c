import { type Route, type Scope, scopesOf } from '../../contract/route.ts'
import type { Actor } from '../runtime/invocation.ts'
import type { MembershipStore } from '../store/memberships.ts'
import type { HttpEvent } from './event.ts'

/** A longer address belongs to no member. */
const emailCharsMax = 254

/** The caller, by the claims of a token that API Gateway has verified. */
export interface Caller {
  readonly subject: string
  /** Verified address of a person whose teams Tollgate itself knows, in lower case. */
  readonly email?: string
  readonly scopes: ReadonlySet<string>
  readonly teamId?: string
  readonly role?: 'admin' | 'developer'
}

/** The caller of a call, and in which part. */
export interface SeenBy {
  readonly caller: Caller
  /** True if the caller makes the call as an operator, and not as a person of the team. */
  readonly isOperator: boolean
}

/** The caller, or undefined if no token was verified. A claim of an unexpected form counts as absent. */
export function callerOf(event: HttpEvent): Caller | undefined {
  const claims = event.requestContext.authorizer?.jwt?.claims
  if (claims === undefined) return undefined
  const text = (name: string) => (typeof claims[name] === 'string' ? claims[name] : undefined)
  const role = text('role')
  const email = text('person')?.toLowerCase()
  return {
    subject: text('sub') ?? '',
    ...(email !== undefined && email.length <= emailCharsMax && { email }),
    scopes: scopesIn(text('scope') ?? ''),
    teamId: text('team'),
    role: role === 'admin' || role === 'developer' ? role : undefined,
  }
}

/** The scopes of a claim, as the contract names them: Cognito writes `aps/meter` for `aps:meter`. */
function scopesIn(claim: string): ReadonlySet<string> {
  const words = claim.split(' ').filter((scope) => scope !== '')
  return new Set(words.map((scope) => scope.replace('/', ':')))
}

/** The caller of a call without a token. */
export const anonymous: Caller = { subject: '', scopes: new Set() }

/** The caller as records of a call name it. Only people of the team are named by address, not services and operators. */
export function actorOf({ subject, email }: Caller, { scope }: Route, isOperator: boolean): Actor {
  return { subject, ...(isOfHub(scope) && !isOperator && email !== undefined && { email }) }
}

/** Checks that there is a token, with one of the scopes of the call. */
export function scopeDenial(
  caller: Caller | undefined,
  route: Route,
): 'UNAUTHENTICATED' | 'INSUFFICIENT_SCOPE' | undefined {
  const scopes = scopesOf(route)
  if (scopes.length === 0) return undefined
  if (caller === undefined) return 'UNAUTHENTICATED'
  return scopes.some((scope) => caller.scopes.has(scope)) ? undefined : 'INSUFFICIENT_SCOPE'
}

/**
 * The caller with the role in the team of the path. A person with an address has the role that the membership states now, so
 * that a removal takes effect at once; the claims of the token do not count. An invited person has none. For other callers
 * the claims decide.
 */
export async function placeIn(
  teamId: string | undefined,
  caller: Caller | undefined,
  memberships: Pick<MembershipStore, 'find'> | undefined,
): Promise<Caller | undefined> {
  if (caller?.email === undefined) return caller
  const { subject, scopes, email } = caller
  const person = { subject, scopes, email }
  const found = teamId === undefined ? undefined : await memberships?.find(email, teamId)
  if (found === undefined || found.isInvited === true) return person
  return { ...person, teamId: found.teamId, role: found.role }
}

/**
 * Checks that a hub call is about the caller's own team, and that the caller's role may make it. Another team is denied as
 * if it did not exist, before anything is read that could tell the two apart. Operators pass where a call is open to them.
 */
export function teamDenial(
  caller: Caller | undefined,
  route: Route,
  teamId: string | undefined,
): 'NOT_FOUND' | 'ADMIN_REQUIRED' | undefined {
  const { scope, isPersonal, isAdminOnly } = route
  if (!isOfHub(scope) || isPersonal === true) return undefined
  if (caller !== undefined && isOperatorOf(caller, route, teamId)) return undefined
  if (caller?.teamId === undefined || caller.teamId !== teamId) return 'NOT_FOUND'
  const needsAdmin = scope === 'hub:write' || isAdminOnly === true
  return needsAdmin && !isAdmin(caller) ? 'ADMIN_REQUIRED' : undefined
}

/** True if the caller makes the call as an operator: any call of operators, or an open one of a team without being its admin. */
export function isOperatorOf(caller: Caller, route: Route, teamId: string | undefined): boolean {
  if (route.isOpenToOperators !== true) return route.scope === 'ops:admin'
  const isOwnAdmin = caller.teamId === teamId && isAdmin(caller) && caller.scopes.has('hub:write')
  return caller.scopes.has('ops:admin') && !isOwnAdmin
}

const isOfHub = (scope: Scope | null): boolean => scope === 'hub:read' || scope === 'hub:write'

const isAdmin = ({ role }: Caller): boolean => role === 'admin'

/** True for an admin of the team of the path, and for an operator. A developer sees use, apps and limits, and no money. */
export function seesMoney({ caller, isOperator }: SeenBy): boolean {
  return isOperator || isAdmin(caller)
}
