import { ChildRuntime, freePort } from '../../test/support/child-runtime.ts'

type Scope = 'aps:meter' | 'hub:read' | 'hub:write' | 'ops:admin'

/** Tollgate in a separate process, as `npm start` runs it, with real time and an empty data folder. */
export class Server {
  readonly #runtime: ChildRuntime
  readonly #tokens = new Map<string, Promise<string>>()

  private constructor(runtime: ChildRuntime) {
    this.#runtime = runtime
  }

  static async start(dataDir: string): Promise<Server> {
    const runtime = new ChildRuntime(await freePort(), { DATA_DIR: dataDir }, ['--no-sample', '--no-page'])
    await runtime.start()
    return new Server(runtime)
  }

  get url(): string {
    return this.#runtime.url
  }

  /** A token of a service with a scope, or of a team's admin. */
  token(scopes: readonly Scope[], team?: string): Promise<string> {
    const key = JSON.stringify([scopes, team])
    const known = this.#tokens.get(key) ?? this.#newToken(scopes, team)
    this.#tokens.set(key, known)
    return known
  }

  /** Calls an operation. Throws unless it succeeds. */
  async call(scope: Scope, sent: SentCall): Promise<Record<string, unknown>> {
    const { method, path, body, team } = sent
    const token = await this.token([scope], team)
    const contentType = path === '/v1/usage' ? 'application/cloudevents-batch+json' : 'application/json'
    const headers = { authorization: `Bearer ${token}`, 'content-type': contentType }
    return this.#fetch(path, { method, headers, body: body === undefined ? null : JSON.stringify(body) })
  }

  async stop(): Promise<void> {
    await this.#runtime.end('SIGTERM')
  }

  async #newToken(scopes: readonly Scope[], team?: string): Promise<string> {
    const body = JSON.stringify({ scopes, ...(team !== undefined && { team, role: 'admin' }) })
    const headers = { 'content-type': 'application/json' }
    return String((await this.#fetch('/local/tokens', { method: 'POST', headers, body })).token)
  }

  async #fetch(path: string, init: RequestInit): Promise<Record<string, unknown>> {
    const response = await fetch(`${this.url}${path}`, init)
    const text = await response.text()
    if (!response.ok) throw new Error(`${init.method} ${path}: ${response.status} ${text}`)
    return text === '' ? {} : JSON.parse(text)
  }
}

export interface SentCall {
  readonly method: 'GET' | 'POST' | 'PUT'
  readonly path: string
  readonly body?: unknown
  /** The team of the admin who calls; none for a service or an operator. */
  readonly team?: string
}
