import type { Environment, Received } from '../../../client/environment.ts'
import type { Decision } from '../../../client/model.ts'
import type { TollgateClient } from '../../../client/options.ts'
import type { Spool } from '../../../client/spool-model.ts'
import type { ClientMaker, ProcessParts } from './machine.ts'
import { makeClient } from './make-client.ts'

/** A row of a settlement, as far as faults change it. */
interface RowText {
  readonly authorizationId: string
  readonly used?: number
  readonly final?: boolean
  readonly renew?: { readonly authorizationId: string }
}

/** Changes the rows of each settlement that the client sends. */
function sending(change: (row: RowText) => RowText): ClientMaker {
  return withEnvironment((environment) => ({
    ...environment,
    send(request) {
      const sent = JSON.parse(request.body ?? '{}')
      if (!Array.isArray(sent.rows)) return environment.send(request)
      return environment.send({ ...request, body: JSON.stringify({ rows: sent.rows.map(change) }) })
    },
  }))
}

/** Changes each answer that the client receives. */
function receiving(change: (received: Received, environment: Environment) => Received): ClientMaker {
  return withEnvironment((environment) => ({
    ...environment,
    send: async (request) => change(await environment.send(request), environment),
  }))
}

function withEnvironment(change: (environment: Environment) => Environment): ClientMaker {
  return (parts) => makeClient({ ...parts, environment: change(parts.environment) })
}

function withSpool(change: (spool: Spool, environment: Environment) => Spool): ClientMaker {
  return ({ spool, ...parts }: ProcessParts) =>
    makeClient({ ...parts, ...(spool && { spool: change(spool, parts.environment) }) })
}

function deciding(change: (decision: Decision) => Decision): ClientMaker {
  return (parts) => {
    const client = makeClient(parts)
    return { ...client, allow: async (...call) => change(await client.allow(...call)) }
  }
}

/** Each ask that is sent a second time gets another id. */
function newIdAtRepeat({ environment, ...parts }: ProcessParts): TollgateClient {
  const sent = new Set<string>()
  const freshId = (id: string): string => {
    if (!sent.has(id)) {
      sent.add(id)
      return id
    }
    return environment.newId()
  }
  const change = ({ renew, ...row }: RowText): RowText =>
    row.used === undefined
      ? { ...row, authorizationId: freshId(row.authorizationId) }
      : { ...row, ...(renew && { renew: { ...renew, authorizationId: freshId(renew.authorizationId) } }) }
  const send: Environment['send'] = (request) => {
    const { rows } = JSON.parse(request.body ?? '{}')
    const body = Array.isArray(rows) ? JSON.stringify({ rows: rows.map(change) }) : request.body
    return environment.send({ ...request, body })
  }
  return makeClient({ ...parts, environment: { ...environment, send } })
}

/** Each request for usage events gives them other ids, as if they had not been made before the first try. */
function recordingUnderNewIds({ environment, ...parts }: ProcessParts): TollgateClient {
  let count = 0
  const send: Environment['send'] = (request) => {
    if (request.path !== '/v1/usage') return environment.send(request)
    count += 1
    const body = request.body?.replaceAll(/"id":"([^"]*)"/g, (_, id) => `"id":"${id}.${count}"`)
    return environment.send({ ...request, body })
  }
  return makeClient({ ...parts, environment: { ...environment, send } })
}

const later = (body: string, ms: number): string =>
  body.replaceAll(
    /"expiresAt":"([^"]*)"/g,
    (_, at) => `"expiresAt":"${new Date(Date.parse(at) + ms).toISOString()}"`,
  )

/** An answer as if all captures were carried out. */
function doneBody(body = '{}'): string {
  const { rows = [] }: { readonly rows?: readonly RowText[] } = JSON.parse(body)
  const results = rows.map(({ authorizationId, used }) =>
    used === undefined
      ? { status: 503 }
      : { status: 200, capture: { authorizationId, used, status: 'closed', charges: [] } },
  )
  return JSON.stringify({ results })
}

const quarterMs = 900_000

/** Faults that the random test must find, each in the place of the right client. */
export const plantedFaults: Readonly<Record<string, ClientMaker>> = {
  'reports one unit too many': sending((row) =>
    row.used === undefined || row.used === 0 ? row : { ...row, used: row.used + 1 },
  ),
  'reports one unit too few': sending((row) =>
    row.used === undefined || row.used === 0 ? row : { ...row, used: row.used - 1 },
  ),
  'never gives back the rest of a lease': sending(({ final: _, renew: __, ...row }) => row),
  'asks with a new id at a repeat': newIdAtRepeat,
  'spends a lease after its hold': receiving((received) => ({
    ...received,
    body: later(received.body, quarterMs),
  })),
  'believes the clock of its machine': receiving((received, { wallClock }) => ({
    ...received,
    date: new Date(wallClock()).toUTCString(),
  })),
  'spends twice the grant': receiving((received) => ({
    ...received,
    body: received.body.replaceAll(
      /"quantity":(\d+)/g,
      (_, quantity) => `"quantity":${2 * Number(quantity)}`,
    ),
  })),
  'takes a failed report for done': withEnvironment((environment) => ({
    ...environment,
    send: async (request) => {
      const received = await environment.send(request)
      return received.status === 200 ? received : { ...received, status: 200, body: doneBody(request.body) }
    },
  })),
  'reports after a turn of the month': receiving((received) => ({
    ...received,
    body: received.body.replaceAll(/,"settleBy":"[^"]*"/g, ''),
  })),
  'forgets refusals at once': receiving((received) => ({
    ...received,
    body: received.body.replaceAll(/"code":"(?:TOKENS|FREE|TEAM)_\w+"/g, '"code":"AUTHORIZATION_CLOSED"'),
  })),
  'allows refused calls': deciding((decision) =>
    decision.decision === 'deny' ? { decision: 'allow', fundedBy: 'flex', warnings: [] } : decision,
  ),
  'ends without its reports': (parts) => ({ ...makeClient(parts), close: async () => {} }),
  'records under a new id at a repeat': recordingUnderNewIds,
  'stores no events': withSpool((spool) => ({
    ...spool,
    events: { ...spool.events, append: () => {}, size: 0, read: () => [] },
  })),
  'stores no use': withSpool((spool) => ({ ...spool, leases: { ...spool.leases, write: () => {} } })),
  'stores use a second late': withSpool((spool, { after }) => ({
    ...spool,
    leases: {
      ...spool.leases,
      write: (place, used) => void after(1_000, () => spool.leases.write(place, used)),
    },
  })),
}
