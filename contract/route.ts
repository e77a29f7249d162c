/**
 * The bundle a route's function is built into: one per meter call (reading an authorization is in that of its captures), one
 * for the hub, one for operators, one for the health of the platform, which has permissions that no other needs, and one for
 * agents, whose protocol takes a large package.
 */
export type FunctionName =
  | 'authorize-usage'
  | 'capture-authorization'
  | 'void-authorization'
  | 'settle-usage'
  | 'record-usage'
  | 'classify-request'
  | 'hub'
  | 'ops'
  | 'health'
  | 'get-openapi'
  | 'mcp'

export type Scope = 'aps:meter' | 'hub:read' | 'hub:write' | 'ops:admin'

export interface Route {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE'
  /** The path in API Gateway's notation: `{teamId}` is one segment. */
  readonly path: string
  readonly function: FunctionName
  /** `null`: public, without a token. */
  readonly scope: Scope | null
  readonly operationId: string
  /** True: the call is about the caller, not about a team that the caller must be a member of. */
  readonly isPersonal?: true
  /** True: only the team's admins may read it, because it shows money or people's acts. Changes always need an admin. */
  readonly isAdminOnly?: true
  /** True: operators (`ops:admin`) may make this call of the hub too, for any team. */
  readonly isOpenToOperators?: true
  /** True: services (`aps:meter`) may make this call of the hub too, for any team. */
  readonly isOpenToServices?: true
}

/** The scopes of which a caller needs one; none for a public call. */
export function scopesOf({ scope, isOpenToOperators, isOpenToServices }: Route): readonly Scope[] {
  if (scope === null) return []
  const services = isOpenToServices === true ? (['aps:meter'] as const) : []
  const operators = isOpenToOperators === true ? (['ops:admin'] as const) : []
  return [scope, ...services, ...operators]
}
