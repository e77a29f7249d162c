import type { Route } from '../../contract/route.ts'

/**
 * The route of a call that only a tool makes. The API does not have it, but the call checks its caller and its input as any other
 * does. The operation names the call in the log and in metrics.
 */
export function agentRoute<const Rights extends Pick<Route, 'scope' | 'isAdminOnly' | 'isPersonal'>>(
  operationId: string,
  rights: Rights,
) {
  return { method: 'POST', path: '/mcp', function: 'mcp', operationId, ...rights } as const
}
