import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import * as v from 'valibot'
import { databaseFileOf, hasData } from '../audit/data-folder/format.ts'
import { dayMs } from '../core/time/time.ts'
import type { Answer } from './gateway/http-server.ts'
import type { TokenRequest } from './gateway/issuer.ts'
import { loadSampleData, type SampleApi, sampleHistoryDays } from './sample-data.ts'
import type { Background } from './services/background.ts'
import type { TestClock } from './services/clock.ts'

export interface SampleLoading {
  readonly answer: Answer
  readonly clock: TestClock
  readonly background: Background
  readonly tell: (line: string) => void
}

/**
 * Fills a fresh table through the API. The clock runs through the sample's past and ends at its starting
 * point. Returns true if every call succeeded.
 */
export async function loadSample({ answer, clock, background, tell }: SampleLoading): Promise<boolean> {
  clock.show(clock.now() - sampleHistoryDays * dayMs)
  background.forgetSchedules()
  const setClock = async (at: number) => {
    clock.show(at)
    tell(`loading the past of the sample teams: ${new Date(at).toISOString().slice(0, 10)}`)
    await background.catchUp()
  }
  const { failed } = await loadSampleData({ call: makeCall(answer), setClock, now: clock.now })
  clock.show()
  await background.catchUp()
  if (failed.length > 0) tell(`${failed.length} calls of the sample data failed, the first: ${failed[0]}`)
  return failed.length === 0
}

/**
 * Marks an empty folder as loading. Returns false when the folder contains data. A folder that is still
 * marked was interrupted while loading. No client has used it yet, so it is emptied and loaded again.
 */
export function beginLoading(dataDir: string): boolean {
  if (existsSync(markerOf(dataDir))) dropData(dataDir)
  if (hasData(dataDir)) return false
  writeFileSync(markerOf(dataDir), '')
  return true
}

export function endLoading(dataDir: string): void {
  rmSync(markerOf(dataDir), { force: true })
}

function dropData(dataDir: string): void {
  const database = databaseFileOf(dataDir)
  const files = readdirSync(dirname(database)).filter((file) => file.startsWith(basename(database)))
  for (const file of [...files, 'streams.json', 'schedules.json', 'clock.json'])
    rmSync(join(dataDir, file), { force: true })
}

function markerOf(dataDir: string): string {
  return join(dataDir, 'sample-loading')
}

const Token = v.object({ token: v.string() })

function makeCall(answer: Answer): SampleApi['call'] {
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
