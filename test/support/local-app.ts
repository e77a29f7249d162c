import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Runtime, type RuntimeOptions, startRuntime } from '../../local/runtime.ts'
import { temporaryFolder } from './temporary-folder.ts'

export interface LocalApp {
  readonly runtime: Runtime
  readonly dataDir: string
  /** Sends one call as `meter`, `ops`, `hub:<team>` or `local` (no token); throws unless it succeeds. */
  call(as: string, method: string, path: string, body?: unknown): Promise<Record<string, unknown>>
  /** Sends the same call with additional headers. */
  callWith(
    more: Record<string, string>,
    as: string,
    method: string,
    path: string,
    body?: unknown,
  ): Promise<Record<string, unknown>>
  moveClock(now: string): Promise<void>
  /** Events about a team that were on the bus, in order. */
  eventsOf(teamId: string): readonly SeenEvent[]
  stop(): Promise<void>
}

export interface SeenEvent {
  readonly type: string
  readonly source: string
  readonly detail: Record<string, unknown>
}

/** Tollgate on this machine with its real functions and a clock that is stopped at `clockStart`. */
export async function startLocalApp(
  clockStart: string,
  more: Partial<RuntimeOptions> = {},
): Promise<LocalApp> {
  const dataDir = temporaryFolder()
  const runtime = await startRuntime({
    dataDir,
    port: 0,
    clockStart,
    sample: false,
    isThrottled: false,
    ...more,
  })
  const tokens = new Map<string, string>()
  const sendWith: LocalApp['callWith'] = async (more, as, method, path, body) => {
    const headers = { 'content-type': 'application/json', ...(await authorization(as)), ...more }
    const sent = body === undefined ? undefined : JSON.stringify(body)
    const response = await fetch(`${runtime.url}${path}`, { method, headers, body: sent })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
    return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>)
  }
  const send: LocalApp['call'] = (as, method, path, body) => sendWith({}, as, method, path, body)
  const authorization = async (as: string): Promise<Record<string, string>> => {
    if (as === 'local') return {}
    if (!tokens.has(as))
      tokens.set(as, String((await send('local', 'POST', '/local/tokens', claims(as))).token))
    return { authorization: `Bearer ${tokens.get(as)}` }
  }
  return {
    runtime,
    dataDir,
    call: send,
    callWith: sendWith,
    moveClock: async (now) => void (await send('local', 'PUT', '/local/clock', { now })),
    eventsOf: (teamId) => readEvents(dataDir).filter(({ detail }) => isAbout(teamId, detail)),
    stop: () => runtime.stop(),
  }
}

function claims(as: string): object {
  const [kind, team] = as.split(':')
  if (kind === 'hub') return { scopes: ['hub:read', 'hub:write'], team, role: 'admin' }
  return { scopes: [kind === 'ops' ? 'ops:admin' : 'aps:meter'] }
}

/** Registers a team, with a credit card in the US, and its apps. */
export async function registerTeam(app: LocalApp, teamId: string, appIds: readonly string[]): Promise<void> {
  const profile = { name: teamId, country: 'US', paymentMethod: 'credit-card', standing: 'good' }
  await app.call('ops', 'PUT', `/v1/teams/${teamId}`, profile)
  for (const appId of appIds) await app.call('ops', 'PUT', `/v1/apps/${appId}`, { teamId, name: appId })
}

function readEvents(dataDir: string): SeenEvent[] {
  const lines = readFileSync(join(dataDir, 'events.ndjson'), 'utf8').split('\n').filter(Boolean)
  return lines.map((line) => {
    const { 'detail-type': type, source, detail } = JSON.parse(line)
    return { type, source, detail }
  })
}

function isAbout(teamId: string, detail: Record<string, unknown>): boolean {
  return detail.teamId === teamId || String(detail.paymentReference).startsWith(`${teamId}~`)
}
