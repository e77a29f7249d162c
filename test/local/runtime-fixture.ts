import { type Runtime, type RuntimeOptions, startRuntime } from '../../local/runtime.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

export const newDataDir = () => temporaryFolder()

/** Starts a runtime of an assembly on a free port, without sample data. */
export function startFixture(assembly: string, options: Partial<RuntimeOptions> = {}): Promise<Runtime> {
  return startRuntime({ dataDir: newDataDir(), port: 0, sample: false, assembly, ...options })
}

export interface Sent {
  readonly method?: string
  readonly token?: string
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** Sends one request. `body` is the parsed response, or undefined when it is empty. */
export async function send(url: string, { method = 'GET', token, body, headers }: Sent = {}) {
  const all = { ...(token !== undefined && { authorization: `Bearer ${token}` }), ...headers }
  const response = await fetch(url, { method, body, headers: all })
  const text = await response.text()
  return {
    status: response.status,
    headers: response.headers,
    body: text === '' ? undefined : JSON.parse(text),
  }
}

export async function tokenFrom(url: string, request: object = { scopes: ['aps:meter'] }): Promise<string> {
  const { body } = await send(`${url}/local/tokens`, { method: 'POST', body: JSON.stringify(request) })
  return body.token
}

export const setClock = (url: string, now: unknown) =>
  send(`${url}/local/clock`, { method: 'PUT', body: JSON.stringify({ now }) })
