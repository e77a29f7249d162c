import { type User, UserManager, WebStorageStateStore } from 'oidc-client-ts'
import type { Config } from '../config.ts'
import { isOfConsole } from '../paths.ts'

export type Role = 'admin' | 'developer'

/** The person who is signed in, from the claims that the API uses. */
export interface Session {
  /** Undefined for a person who is not a member of any team. */
  readonly teamId: string | undefined
  readonly role: Role
  /** True if the API, and not the token, states the person's teams and roles. */
  readonly isPerson: boolean
  /** True if the token lets its holder operate the platform. */
  readonly isOperator: boolean
  /** Returns the access token. It is renewed if the issuer allows it. */
  token(): string
  /** Leaves for the sign-in page, which returns to the current page. */
  signIn(): Promise<void>
  signOut(): Promise<void>
}

export const signedInPath = '/signed-in'
export const signedOutPath = '/signed-out'

/** Opens the session of this tab. Returns undefined if there is none: the browser is then leaving for the sign-in page. */
export async function openSession(config: Config): Promise<Session | undefined> {
  const manager = makeManager(config)
  const user = location.pathname === signedInPath ? await arrive(manager) : await manager.getUser()
  const signIn = () => manager.signinRedirect({ state: returnPath() })
  if (user === null || user.expired) {
    await signIn()
    return undefined
  }
  return sessionOf({ config, manager, user, signIn })
}

/** The scope of operators, as the contract and as Cognito write it. */
const operatorWords: ReadonlySet<string> = new Set(['ops:admin', 'ops/admin'])

function makeManager({ issuer, clientId, scopes, operatorScopes = scopes }: Config): UserManager {
  const wanted = isOfConsole(location.pathname) ? operatorScopes : scopes
  return new UserManager({
    authority: issuer,
    client_id: clientId,
    redirect_uri: `${location.origin}${signedInPath}`,
    post_logout_redirect_uri: `${location.origin}${signedOutPath}`,
    scope: wanted.join(' '),
    userStore: new WebStorageStateStore({ store: sessionStorage }),
    stateStore: new WebStorageStateStore({ store: sessionStorage }),
    automaticSilentRenew: true,
  })
}

/** Exchanges the code for tokens and shows the requested page. */
async function arrive(manager: UserManager): Promise<User> {
  const answer = location.href
  // A code works once. If the exchange fails, a reload starts a new sign-in.
  history.replaceState(null, '', '/')
  const user = await manager.signinRedirectCallback(answer)
  const wanted = typeof user.state === 'string' && /^\/(?!\/)/.test(user.state) ? user.state : '/'
  history.replaceState(null, '', wanted)
  return user
}

function returnPath(): string {
  const isPassing = [signedInPath, signedOutPath].includes(location.pathname)
  return isPassing ? '/' : `${location.pathname}${location.search}`
}

interface SessionParts {
  readonly config: Config
  readonly manager: UserManager
  readonly user: User
  readonly signIn: () => Promise<void>
}

function sessionOf({ config, manager, user, signIn }: SessionParts): Session {
  let token = user.access_token
  const place = placeOf(token)
  manager.events.addUserLoaded((renewed) => {
    token = renewed.access_token
    const { teamId, role, isPerson, isOperator } = placeOf(token)
    // A person who was removed from the team, or whose role changed, starts again: the page shows outdated content.
    if (isPerson !== place.isPerson || isOperator !== place.isOperator) location.reload()
    if (!isPerson && (teamId !== place.teamId || role !== place.role)) location.reload()
  })
  manager.events.addAccessTokenExpired(() => void signIn())
  leaveWithOtherTabs(manager)
  return {
    ...place,
    token: () => token,
    signIn,
    signOut: () => signOut(config, manager),
  }
}

function placeOf(token: string): Pick<Session, 'teamId' | 'role' | 'isPerson' | 'isOperator'> {
  const { team, role, person, scope } = claimsOf(token)
  return {
    teamId: typeof team === 'string' ? team : undefined,
    role: role === 'admin' ? 'admin' : 'developer',
    isPerson: typeof person === 'string',
    isOperator: typeof scope === 'string' && scope.split(' ').some((word) => operatorWords.has(word)),
  }
}

/** The other tabs of the browser are informed by a change under this key. */
const signedOutKey = 'tollgate.signed-out'

/** Ends the session of this tab, too, when the person signs out in another tab. */
function leaveWithOtherTabs(manager: UserManager): void {
  window.addEventListener('storage', ({ key }) => {
    if (key === signedOutKey) void manager.removeUser().then(() => location.assign(signedOutPath))
  })
}

async function signOut({ signOut: place, clientId }: Config, manager: UserManager): Promise<void> {
  localStorage.setItem(signedOutKey, crypto.randomUUID())
  if (place === undefined) return manager.signoutRedirect()
  await manager.removeUser()
  const query = new URLSearchParams({ client_id: clientId, logout_uri: `${location.origin}${signedOutPath}` })
  location.assign(`${place}?${query}`)
}

/** Returns the payload of a token. The API checks the token; here it only decides what is shown. */
export function claimsOf(token: string): Readonly<Record<string, unknown>> {
  const payload = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/')
  try {
    const bytes = Uint8Array.from(atob(payload), (character) => character.charCodeAt(0))
    const claims: unknown = JSON.parse(new TextDecoder().decode(bytes))
    return typeof claims === 'object' && claims !== null ? { ...claims } : {}
  } catch {
    return {}
  }
}
