import { appendFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RedriveAnswer } from '../../contract/redrive-dead-letters.ts'
import { routes } from '../../contract/routes.ts'
import { eventCursorKey } from '../../lambdas/store/keys.ts'
import type { Wiring } from '../../local/wiring.ts'
import { good } from '../support/ask.ts'
import { tableAt } from '../support/engine-table.ts'
import { type LocalApp, registerTeam } from '../support/local-app.ts'
import type { WebhookReceiver } from '../support/webhook-receiver.ts'

export const everythingStartsAt = '2025-12-07T20:00:00Z'

const ids: Record<string, string> = {
  teamId: 'acme',
  appId: 'viewer',
  authorizationId: 'a1',
  period: '2025-12',
  version: 'v1',
  campaignId: 'c1',
  webhookId: 'wh-1',
  deliveryId: '000000001.000.email',
  memberId: 'm1',
}

/**
 * Makes every function do all that it does: every route, and two months in which campaigns tell and stop, bills close,
 * payments fail and are tried again, and webhooks are down for a while.
 */
export async function doEverything(app: LocalApp, receiver: WebhookReceiver): Promise<void> {
  await settleIn(app, receiver)
  await app.moveClock('2025-12-08T02:05:00Z')
  await spend(app)
  // With alerts, the clock would stop on every day of the months to come.
  await app.call('hub:broke', 'PUT', '/v1/teams/broke/alerts', { alerts: [] })
  for (const { method, path, scope, operationId } of routes)
    await anyAnswer(app, callerOf(scope), method, pathOf(path, operationId), good[operationId]?.body)
  await askAsAgent(app)
  await letTimePass(app, receiver)
  await spend(app)
}

/** Calls tools of every kind: what they read, a quote, and work. */
async function askAsAgent(app: LocalApp): Promise<void> {
  const use = { appId: 'viewer', meter: 'automation-autocad', quantity: 1 }
  const calls = [
    ['balance', {}],
    ['forecast', {}],
    ['usage', { from: '2025-12-01', to: '2025-12-31' }],
    ['quote', { quoteId: 'of-agent', ...use }],
    ['authorize', { jobId: 'of-agent', ...use }],
    ['explain_charge', { authorizationId: 'a1' }],
  ] as const
  const accept = { accept: 'application/json, text/event-stream' }
  for (const [name, args] of calls) {
    const call = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: args } }
    await app.callWith(accept, 'hub:acme', 'POST', '/mcp', call)
  }
}

/** Redrives a letter of every queue: each asks its function for work that it has done before, and that changes nothing. */
export async function redriveEverything(app: LocalApp, { failureSources, rules }: Wiring): Promise<void> {
  const { queues } = (await app.call('ops', 'GET', '/v1/dead-letters')) as { queues: { queue: string }[] }
  const events = readFileSync(join(app.dataDir, 'events.ndjson'), 'utf8').split('\n').filter(Boolean)
  for (const { id } of failureSources) {
    const rule = rules.find((candidate) => candidate.id === id)
    const content = rule && events.map((line) => JSON.parse(line)).find((event) => rule.accepts(event))
    const letter = { from: id, cause: 'none', content: content ?? { shards: [0] } }
    appendFileSync(join(app.dataDir, 'dead-letters.ndjson'), `${JSON.stringify(letter)}\n`)
  }
  const table = tableAt(app.runtime.endpoint, app.runtime.tableNames[0] ?? '')
  const redrive = async (queue: string, preview: boolean) => {
    const path = `/v1/dead-letters/redrive?preview=${preview}`
    const { letters, left } = (await app.call('ops', 'POST', path, { queue })) as unknown as RedriveAnswer
    if (letters.length === 0 || (!preview && left > 0))
      throw new Error(`${queue}: ${JSON.stringify(letters)}`)
    return letters
  }
  const works = new Map<string, string>()
  for (const { queue } of queues) works.set(queue, (await redrive(queue, true))[0]?.work ?? '')
  // Consumers of the stream are called for teams that are behind, so one is put behind. The publisher, which catches up, is
  // the last of them, and other work comes later, because any change of the team catches up, too.
  const place = (queue: string) => (works.get(queue) !== 'follow' ? 2 : queue === 'Events-Facts' ? 1 : 0)
  await table.send('UpdateItem', {
    TableName: table.tableName,
    Key: eventCursorKey('acme'),
    UpdateExpression: 'SET #version = #version - :one',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: { ':one': 1 },
  })
  for (const queue of [...works.keys()].toSorted((a, b) => place(a) - place(b))) await redrive(queue, false)
}

function pathOf(path: string, operationId: string): string {
  const { query } = good[operationId] ?? {}
  const search = query === undefined ? '' : `?${new URLSearchParams(query)}`
  return path.replace(/\{(\w+)\}/g, (_, name) => ids[name] ?? 'x') + search
}

function callerOf(scope: string | null): string {
  if (scope === null) return 'local'
  if (scope.startsWith('hub:')) return 'hub:acme'
  return scope === 'ops:admin' ? 'ops' : 'meter'
}

/** Sends a call that may be refused, but not fail. */
async function anyAnswer(app: LocalApp, as: string, method: string, path: string, body?: unknown) {
  const failure = await app.call(as, method, path, body).then(() => '', String)
  if (/: 5\d\d /.test(failure)) throw new Error(failure)
}

/** A team with money and one whose payments fail, both with a webhook that is down, and one that never complies. */
async function settleIn(app: LocalApp, receiver: WebhookReceiver): Promise<void> {
  receiver.status = 500
  for (const team of ['acme', 'broke', 'idle']) {
    await registerTeam(app, team, [`${team}-app`])
    const webhooks = [{ url: receiver.url }]
    await app.call(`hub:${team}`, 'PUT', `/v1/teams/${team}/notifications`, {
      emails: ['admin@example.com'],
      webhooks,
    })
  }
  for (const role of ['admin', 'developer'])
    await app.call('hub:acme', 'PUT', `/v1/teams/acme/members/${role}`, {
      email: `${role}@example.com`,
      role,
    })
  await app.call('hub:acme', 'DELETE', '/v1/teams/acme/members/developer')
  const acme = { name: 'Acme', country: 'US', paymentMethod: 'credit-card', standing: 'good' }
  for (const email of ['first@example.com', 'second@example.com'])
    await app.call('ops', 'PUT', '/v1/teams/acme', { ...acme, admin: { memberId: 'owner', email } })
  for (const team of ['acme', 'broke']) {
    await app.call(`hub:${team}`, 'PUT', `/v1/teams/${team}/hub`, { name: 'Hub' })
    await app.call(`hub:${team}`, 'POST', `/v1/teams/${team}/hub/apps`, { appIds: [`${team}-app`] })
    await app.call(`hub:${team}`, 'PUT', `/v1/teams/${team}/plan`, { plan: 'paid', payAsYouGo: true })
  }
  await app.call('hub:broke', 'PUT', '/v1/teams/broke/alerts', {
    alerts: [{ alertId: 'any', measure: 'cost-usd-cents', threshold: 1 }],
  })
  await app.call('hub:acme', 'POST', '/v1/teams/acme/token-purchases', { purchaseId: 'p1', tokens: 100 })
  await app.call('local', 'PUT', '/local/payments/broke', { behaviour: 'decline' })
}

let asked = 0

/** Authorizes, captures, voids and records, each also a second time; and asks for more than there is. */
async function spend(app: LocalApp): Promise<void> {
  asked += 1
  for (const team of ['acme', 'broke', 'idle']) {
    const [first, second] = [`${team}-${asked}-1`, `${team}-${asked}-2`]
    const ask = (authorizationId: string, quantity: number) =>
      app.call('meter', 'POST', '/v1/authorizations', {
        authorizationId,
        appId: `${team}-app`,
        meter: 'automation-autocad',
        quantity,
      })
    for (const quantity of [7_200, 7_200]) await ask(first, quantity)
    await ask(second, 720)
    await ask(`${team}-${asked}-3`, 1_000_000_000)
    for (const used of [3_600, 7_200])
      await anyAnswer(app, 'meter', 'POST', `/v1/authorizations/${first}/captures`, { used, final: true })
    for (let times = 0; times < 2; times++)
      await anyAnswer(app, 'meter', 'DELETE', `/v1/authorizations/${second}`)
    await app.call('meter', 'POST', '/v1/settlements', { rows: settlementOf(team, first) })
    await app.call('meter', 'POST', '/v1/usage', usageOf(team))
  }
}

/** A capture, an authorization, and one that is refused. */
function settlementOf(team: string, captured: string): object[] {
  const ask = { kind: 'authorization', appId: `${team}-app`, meter: 'automation-autocad' }
  return [
    { kind: 'capture', authorizationId: captured, used: 7_200 },
    { ...ask, authorizationId: `${captured}-row`, quantity: 1, holdSeconds: 60 },
    { ...ask, authorizationId: `${captured}-denied`, quantity: 1_000_000_000 },
  ]
}

function usageOf(team: string): object[] {
  return [1, 2, 2].map((n) => ({
    specversion: '1.0',
    type: 'aps.usage.v1',
    source: 'urn:test',
    id: `${team}-${asked}-${n}`,
    time: asked === 1 ? '2025-12-08T01:00:00Z' : '2026-01-30T00:00:00Z',
    subject: `${team}-app`,
    data: { meter: 'model-derivative-complex-job', quantity: 20_000 },
  }))
}

async function letTimePass(app: LocalApp, receiver: WebhookReceiver): Promise<void> {
  const move = async (...instants: string[]) => {
    for (const at of instants) await app.moveClock(`${at}:00Z`)
  }
  await move('2025-12-08T02:11', '2025-12-09T02:05')
  // Its webhook is gone for good, which is found out, and written to the team, by a retry.
  receiver.status = 410
  await move('2025-12-20T00:05')
  receiver.status = 204
  // The payment fails at 00:05, so the steps of its recovery fall due at 00:05 of other days: its workflow takes them.
  await move('2026-01-01T01:05', '2026-01-03T01:20', '2026-01-06T01:10', '2026-01-06T01:30')
  await move('2026-01-17T02:05', '2026-01-25T00:05', '2026-02-01T00:05')
}
