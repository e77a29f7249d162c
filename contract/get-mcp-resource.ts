import * as v from 'valibot'
import type { Call } from './call.ts'
import type { Operation } from './operation.ts'
import type { Route } from './route.ts'

/** The path is fixed by RFC 9728: the well-known prefix, then the path of the resource. */
export const route = {
  method: 'GET',
  path: '/.well-known/oauth-protected-resource/mcp',
  function: 'mcp',
  scope: null,
  operationId: 'getMcpResource',
} as const satisfies Route

export const getMcpResource = { route } as const satisfies Call

const mcpResourceAnswer = v.pipe(
  v.object({
    resource: v.pipe(v.string(), v.description('The address of the MCP server')),
    authorization_servers: v.pipe(v.array(v.string()), v.description('Issuers whose tokens it accepts')),
    scopes_supported: v.array(v.string()),
    bearer_methods_supported: v.array(v.string()),
    resource_name: v.string(),
  }),
  v.title('McpResource'),
)

export type McpResourceAnswer = v.InferOutput<typeof mcpResourceAnswer>

export const operation = {
  call: getMcpResource,
  summary:
    'Shows agents where to get a token for the MCP server at `/mcp` (RFC 9728, OAuth 2.0 Protected Resource Metadata).',
  statuses: { 200: 'The metadata of the MCP server.' },
  answer: mcpResourceAnswer,
} as const satisfies Operation
