import type { Route } from '../../contract/route.ts'
import { routes } from '../../contract/routes.ts'
import type { Instant } from '../../core/time/time.ts'
import type { Table } from '../../lambdas/store/table.ts'
import type { Sent } from '../support/ask.ts'
import { newParty } from '../support/party.ts'
import type { Answer, Call } from './scenario-runner.ts'

const patterns = (routes as readonly Route[]).map((route) => ({
  ...route,
  pattern: new RegExp(`^${route.path.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`),
}))

/**
 * A `Call` that invokes the handlers on a table, without HTTP. The clock stays at `clockStart` until the caller `local`
 * moves it; as on one machine, the sweep runs whenever it has moved.
 */
export async function callInProcess(table: Table, clockStart: Instant): Promise<Call> {
  let now = clockStart
  const party = await newParty(table, { now: () => now })
  const { sweep } = await import('../../lambdas/consumers/sweep.ts')
  const { UsageView } = await import('../../lambdas/store/usage-view.ts')
  const moveClock = async (body: unknown): Promise<Answer> => {
    const to = Date.parse((body as { now: string }).now)
    if (to < now) return { status: 409 }
    now = to
    await sweep(party.deps)
    return { status: 200 }
  }
  /** The work of the stream, moments after each entry. */
  const followStream = async (teamId: string) => {
    const account = await party.deps.operations.load(teamId)
    await new UsageView(party.deps.table, party.deps.journal).catchUp(teamId, account?.version ?? 0)
  }
  return async (as, method, path, body) => {
    if (as === 'local' && `${method} ${path}` === 'PUT /local/clock') return moveClock(body)
    const { pathname, searchParams } = new URL(path, 'http://in-process')
    const { operationId, params } = findRoute(method, pathname)
    if (operationId === 'getUsage') await followStream(params.teamId ?? '')
    const query = Object.fromEntries(searchParams)
    return party.call(operationId, { params, query, claims: claimsOf(as), body, headers: headersOf(path) })
  }
}

function findRoute(method: string, path: string): { operationId: string; params: Record<string, string> } {
  for (const route of patterns) {
    const found = route.method === method ? route.pattern.exec(path) : null
    if (found !== null) return { operationId: route.operationId, params: { ...found.groups } }
  }
  throw new Error(`no route is ${method} ${path}`)
}

function headersOf(path: string): Record<string, string> {
  return path === '/v1/usage' ? { 'content-type': 'application/cloudevents-batch+json' } : {}
}

function claimsOf(as: string): NonNullable<Sent['claims']> {
  if (as === 'meter') return { scope: 'aps:meter', sub: as }
  if (as === 'ops') return { scope: 'ops:admin', sub: as }
  const [kind, team] = as.split(':')
  if (kind !== 'hub' || team === undefined) throw new Error(`Unknown caller ${as}`)
  return { scope: 'hub:read hub:write', team, role: 'admin', sub: as }
}
