import { getMcpResource, type McpResourceAnswer } from '../../contract/get-mcp-resource.ts'
import { mcpPath } from '../../contract/mcp.ts'
import type { HttpEvent } from '../http/event.ts'

type Headers = HttpEvent['headers']

const hostPattern = /^[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?$/

/**
 * The origin that the client has called. CloudFront replaces the host, and passes it on under another name. A client that sends a
 * false name misleads only itself: no cache keeps the answer.
 */
function originOf(headers: Headers): string {
  const [host] = [headers['x-forwarded-host'], headers.host].filter((name) => hostPattern.test(name ?? ''))
  return `${headers['x-forwarded-proto'] === 'https' ? 'https' : 'http'}://${host ?? 'localhost'}`
}

/** The address of the metadata of the MCP server, on the origin that the client has called. */
export function resourceMetadataUrl({ headers }: HttpEvent): string {
  return `${originOf(headers)}${getMcpResource.route.path}`
}

export interface ResourceFacts {
  readonly issuerUrl: string
  /** The names that scopes have at the issuer. */
  readonly scopes: readonly string[]
}

/** The metadata of the MCP server (RFC 9728). */
export function resourceToJson(headers: Headers, { issuerUrl, scopes }: ResourceFacts): McpResourceAnswer {
  return {
    resource: `${originOf(headers)}${mcpPath}`,
    authorization_servers: [issuerUrl],
    scopes_supported: [...scopes],
    bearer_methods_supported: ['header'],
    resource_name: 'Tollgate',
  }
}
