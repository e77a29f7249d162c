import { mkdtempSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Table } from '../../lambdas/store/table.ts'
import { type RuntimeOptions, startRuntime } from '../../local/runtime.ts'
import { tableAt } from './engine-table.ts'
import { itemsOf } from './operating.ts'

export interface RawRequest {
  readonly method: string
  /** The raw request line's path, which is not normalized. */
  readonly path: string
  readonly token?: string
  readonly body?: string
  readonly contentType?: string
}

export interface RawAnswer {
  readonly status: number
  readonly contentType: string
  readonly headers: Readonly<Record<string, unknown>>
  readonly text: string
  readonly body: Record<string, unknown>
}

export interface HttpRuntime {
  /** The runtime's data folder, which contains its issuer's key. */
  readonly dataDir: string
  readonly url: string
  readonly table: Table
  send(request: RawRequest): Promise<RawAnswer>
  tokenFor(scopes: readonly string[], team?: string, role?: string): Promise<string>
  /** A token of a person, which states another team and role as well, as an earlier sign-in might. */
  personToken(person: string, team: string): Promise<string>
  /** Waits until the stream has finished its work. */
  settle(): Promise<void>
  /** Every item of the table, in any order. */
  items(): Promise<readonly string[]>
  stop(): Promise<void>
}

/**
 * A runtime for tests over HTTP, with real functions, tokens and engine, and a clock that is stopped at
 * `clockStart`.
 */
export async function startHttpRuntime(
  clockStart: string,
  more: Partial<RuntimeOptions> = {},
): Promise<HttpRuntime> {
  const dataDir = mkdtempSync(join(tmpdir(), 'tollgate-http-'))
  const runtime = await startRuntime({
    dataDir,
    port: 0,
    clockStart,
    sample: false,
    isThrottled: false,
    ...more,
  })
  const table = tableAt(runtime.endpoint, runtime.tableNames[0] ?? '')
  const send = (request: RawRequest) => rawSend(runtime.url, request)
  return {
    dataDir,
    url: runtime.url,
    table,
    send,
    tokenFor: async (scopes, team, role) => {
      const body = JSON.stringify({ scopes, team, role })
      const answer = await send({ method: 'POST', path: '/local/tokens', body })
      return String(answer.body.token)
    },
    personToken: async (person, team) => {
      const body = JSON.stringify({ scopes: ['hub:read', 'hub:write'], person, team, role: 'admin' })
      const answer = await send({ method: 'POST', path: '/local/tokens', body })
      return String(answer.body.token)
    },
    settle: async () => {
      await send({ method: 'PUT', path: '/local/clock', body: JSON.stringify({ now: clockStart }) })
    },
    items: () => itemsOf(table),
    stop: async () => {
      await runtime.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

function rawSend(url: string, { method, path, token, body, contentType }: RawRequest): Promise<RawAnswer> {
  const { hostname, port } = new URL(url)
  const headers: Record<string, string> = {
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
    ...(body !== undefined && { 'content-type': contentType ?? contentTypeOf(path) }),
    ...(body !== undefined && { 'content-length': String(Buffer.byteLength(body)) }),
  }
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, method, path, headers }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString()
        const type = String(response.headers['content-type'] ?? '')
        const parsed = type.includes('json') ? JSON.parse(text) : {}
        const { statusCode: status = 0, headers } = response
        resolve({ status, contentType: type, headers, text, body: parsed })
      })
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

function contentTypeOf(path: string): string {
  return path === '/v1/usage' ? 'application/cloudevents-batch+json' : 'application/json'
}
