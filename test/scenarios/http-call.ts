import type { Answer, Call } from './scenario-runner.ts'

interface TokenRequest {
  readonly scopes: readonly string[]
  readonly team?: string
  readonly role?: string
}

/** A `Call` over HTTP against a local runtime at `url`; each caller's token is asked for once. */
export function callOverHttp(url: string): Call {
  const tokens = new Map<string, Promise<string>>()
  const tokenOf = (as: string) => {
    const token = tokens.get(as) ?? newToken(url, as)
    tokens.set(as, token)
    return token
  }
  return async (as, method, path, body) => {
    const headers: Record<string, string> =
      as === 'local' ? {} : { authorization: `Bearer ${await tokenOf(as)}` }
    if (body !== undefined) headers['content-type'] = contentType(path)
    return send(`${url}${path}`, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
    })
  }
}

function contentType(path: string): string {
  return path === '/v1/usage' ? 'application/cloudevents-batch+json' : 'application/json'
}

async function send(url: string, request: RequestInit): Promise<Answer> {
  const response = await fetch(url, request)
  const text = await response.text()
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) }
}

async function newToken(url: string, as: string): Promise<string> {
  const request = { method: 'POST', headers: { 'content-type': 'application/json' } }
  const answer = await send(`${url}/local/tokens`, { ...request, body: JSON.stringify(tokenRequest(as)) })
  const { token } = answer.body as { token?: string }
  if (token === undefined)
    throw new Error(`No token for ${as}: ${answer.status} ${JSON.stringify(answer.body)}`)
  return token
}

function tokenRequest(as: string): TokenRequest {
  if (as === 'meter') return { scopes: ['aps:meter'] }
  if (as === 'ops') return { scopes: ['ops:admin'] }
  const [kind, team] = as.split(':')
  if (kind !== 'hub' || team === undefined) throw new Error(`Unknown caller ${as}`)
  return { scopes: ['hub:read', 'hub:write'], team, role: 'admin' }
}
