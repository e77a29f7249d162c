import * as v from 'valibot'
import type { Answer } from './http-server.ts'
import type { TokenRequest } from './issuer.ts'

/** Sends a call such as `PUT /v1/apps/a` as `ops`, `meter`, `hub:<team>` or `person:<address>`, as a program outside would. */
export type OwnCall = (
  as: string,
  call: string,
  body?: unknown,
) => Promise<{ readonly status: number; readonly body: unknown }>

const Token = v.object({ token: v.string() })

/** Calls that the runtime makes to the API that it serves, with tokens of the local issuer. */
export function makeOwnCalls(answer: Answer): OwnCall {
  const tokens = new Map<string, string>()
  const send = async (method: string, target: string, token?: string, body?: unknown) => {
    const headers: Record<string, string> = { host: '127.0.0.1', 'content-type': 'application/json' }
    if (token !== undefined) headers.authorization = `Bearer ${token}`
    const bytes = Buffer.from(body === undefined ? '' : JSON.stringify(body))
    const outgoing = await answer({ method, target, headers, body: bytes, sourceIp: '127.0.0.1' })
    const text = outgoing.body.toString()
    return { status: outgoing.status, body: text === '' ? undefined : JSON.parse(text) }
  }
  return async (as, call, body) => {
    const [method = '', path = ''] = call.split(' ')
    const token =
      tokens.get(as) ??
      v.parse(Token, (await send('POST', '/local/tokens', undefined, requestOf(as))).body).token
    tokens.set(as, token)
    return send(method, path, token, body)
  }
}

function requestOf(as: string): TokenRequest {
  if (as === 'meter') return { scopes: ['aps:meter'] }
  if (as === 'ops') return { scopes: ['ops:admin'] }
  if (as.startsWith('person:'))
    return { scopes: ['hub:read', 'hub:write'], person: as.slice('person:'.length) }
  return { scopes: ['hub:read', 'hub:write'], team: as.replace(/^hub:/, ''), role: 'admin' }
}
