import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  CallFailed,
  type ClientOptions,
  type ClientProblem,
  createClient,
  type Environment,
  type RequestEnd,
} from '../../client/client.ts'
import { openEnvironment } from '../../client/transport/node-environment.ts'
import { type LocalApp, registerTeam, startLocalApp } from '../support/local-app.ts'

/* The client against a real runtime over HTTP. The clock of the runtime is set to the present. */

const meter = 'model-derivative-basic'
const now = new Date()
let app: LocalApp
let token: string

beforeAll(async () => {
  app = await startLocalApp(now.toISOString())
  token = String((await app.call('local', 'POST', '/local/tokens', { scopes: ['aps:meter'] })).token)
  await openTeam('acme', ['viewer', 'converter', 'searcher'])
  await openTeam('poor', ['lonely'])
})

afterAll(() => app.stop())

/** A team on the paid plan, without tokens yet. */
async function openTeam(teamId: string, appIds: readonly string[]): Promise<void> {
  await registerTeam(app, teamId, appIds)
  await app.call(`hub:${teamId}`, 'PUT', `/v1/teams/${teamId}/plan`, { plan: 'paid' })
  await app.call(`hub:${teamId}`, 'PUT', `/v1/teams/${teamId}/hub`, { name: teamId })
  await app.call(`hub:${teamId}`, 'POST', `/v1/teams/${teamId}/hub/apps`, { appIds })
}

async function buyTokens(teamId: string, purchaseId: string): Promise<void> {
  await app.call(`hub:${teamId}`, 'POST', `/v1/teams/${teamId}/token-purchases`, { purchaseId, tokens: 100 })
}

/** A client, its requests and its problems. */
function open(more: Partial<ClientOptions> = {}) {
  const requests: RequestEnd[] = []
  const problems: ClientProblem[] = []
  const telemetry = { count: () => {}, request: (end: RequestEnd) => void requests.push(end) }
  const onProblem = (problem: ClientProblem) => void problems.push(problem)
  const client = createClient({ baseUrl: app.runtime.url, token, telemetry, onProblem, ...more })
  return { client, requests, problems }
}

interface Entry {
  readonly kind: string
  readonly appId?: string
  readonly quantity?: number
}

async function entriesOf(teamId: string, kind: string, appId: string): Promise<readonly Entry[]> {
  const entries: Entry[] = []
  let next = ''
  do {
    const page = await app.call(`hub:${teamId}`, 'GET', `/v1/teams/${teamId}/entries?limit=100${next}`)
    entries.push(...(page.entries as Entry[]))
    next = page.cursor === undefined ? '' : `&cursor=${encodeURIComponent(String(page.cursor))}`
  } while (next !== '')
  return entries.filter((entry) => entry.kind === kind && entry.appId === appId)
}

function add(entries: readonly Entry[]): number {
  return entries.reduce((sum, { quantity = 0 }) => sum + quantity, 0)
}

/** Base units that the captures in an app's journal report, and what its team still holds. */
async function reportedOf(teamId: string, appId: string) {
  const { held } = await app.call(`hub:${teamId}`, 'GET', `/v1/teams/${teamId}/balance`)
  return { used: add(await entriesOf(teamId, 'capture', appId)), held }
}

async function recordedOf(teamId: string, appId: string): Promise<number> {
  return add(await entriesOf(teamId, 'usage', appId))
}

describe('allow', () => {
  test('counts every call of two processes once, with few requests, and holds nothing after the end', async () => {
    await buyTokens('acme', 'first')
    const opened = [open(), open()]
    let allowed = 0
    for (let turn = 0; turn < 40; turn += 1) {
      const calls = opened.flatMap(({ client }) =>
        Array.from({ length: 250 }, () => client.allow('viewer', meter)),
      )
      for (const { decision } of await Promise.all(calls)) if (decision === 'allow') allowed += 1
    }
    await Promise.all(opened.map(({ client }) => client.close()))
    expect(allowed).toBe(20_000)
    expect(await reportedOf('acme', 'viewer')).toEqual({ used: 20_000, held: [] })
    expect(opened.flatMap(({ requests }) => requests).length).toBeLessThan(40)
  })

  test('sends the rows of several apps in one request', async () => {
    const { client, requests } = open()
    const apps = ['viewer', 'converter', 'searcher']
    const decisions = await Promise.all(apps.map((appId) => client.allow(appId, meter)))
    expect(decisions.map(({ decision }) => decision)).toEqual(['allow', 'allow', 'allow'])
    expect(requests.map(({ rows }) => rows)).toEqual([3])
    await client.close()
  })

  test('takes back what calls without cost had counted, also after it was reported', async () => {
    const { client } = open()
    const before = await reportedOf('acme', 'converter')
    for (let call = 0; call < 10; call += 1) await client.allow('converter', meter)
    client.giveBack('converter', meter, 3)
    await client.flush()
    client.giveBack('converter', meter, 2)
    for (let call = 0; call < 5; call += 1) await client.allow('converter', meter)
    await client.close()
    const after = await reportedOf('acme', 'converter')
    expect(after.used - before.used).toBe(10 - 3 - 2 + 5)
  })

  test('takes a call that is larger than the leases', async () => {
    const { client } = open()
    const quantities = [1, 5_000, 7, 250_000]
    const before = await reportedOf('acme', 'searcher')
    for (const quantity of quantities)
      expect((await client.allow('searcher', meter, quantity)).decision).toBe('allow')
    await client.close()
    const after = await reportedOf('acme', 'searcher')
    expect([after.used - before.used, after.held]).toEqual([255_008, []])
  })

  test('rejects what no request could ask for, and names the field', () => {
    const { client } = open()
    for (const quantity of [0, -1, 0.5, Number.NaN, 1e9 + 1])
      expect(() => client.allow('viewer', meter, quantity)).toThrow(/^quantity/)
    expect(() => client.allow('a b', meter)).toThrow(/^appId/)
    expect(() => client.allow('viewer', '')).toThrow(/^meter/)
  })

  test('passes refusals on, and the rule that an unknown meter breaks', async () => {
    const { client } = open()
    const [unknownApp, unknownMeter] = await Promise.all([
      client.allow('nobody', meter),
      client.allow('viewer', 'teleporting'),
    ])
    expect(unknownApp).toMatchObject({ decision: 'deny', refusal: { code: 'UNKNOWN_APP' } })
    expect(unknownMeter).toMatchObject({ decision: 'deny', refusal: { code: 'BAD_REQUEST' } })
    expect(JSON.stringify(unknownMeter)).toContain('/meter')
    await client.close()
  })

  test('notices a purchase at the next call after a second, and asks no more often', async () => {
    const { client, requests } = open()
    expect(await client.allow('lonely', meter)).toMatchObject({ refusal: { code: 'TOKENS_EXHAUSTED' } })
    const refused = await Promise.all(Array.from({ length: 5_000 }, () => client.allow('lonely', meter)))
    expect(new Set(refused.map(({ decision }) => decision))).toEqual(new Set(['deny']))
    // The second one asks for a shorter hold.
    expect(requests).toHaveLength(2)
    await buyTokens('poor', 'relief')
    await expect.poll(async () => (await client.allow('lonely', meter)).decision).toBe('allow')
    await client.close()
    expect(await reportedOf('poor', 'lonely')).toEqual({ used: 1, held: [] })
  })
})

describe('single operations', () => {
  test('authorize, capture and void travel as the API takes them', async () => {
    const { client } = open()
    const job = { appId: 'viewer', meter: 'model-derivative-complex-job', quantity: 2 }
    const first = await client.authorize({ ...job, authorizationId: 'job-1' })
    expect(first).toMatchObject({ decision: 'allow', authorizationId: 'job-1', quantity: 2 })
    expect(await client.authorize({ ...job, authorizationId: 'job-1' })).toEqual(first)
    expect(await client.capture('job-1', 1)).toMatchObject({ used: 1, status: 'open' })
    expect(await client.capture('job-1', 2, { isFinal: true })).toMatchObject({ used: 2, status: 'closed' })
    const second = await client.authorize(job)
    await client.void(second.authorizationId)
    await client.void(second.authorizationId)
    await client.close()
    expect((await reportedOf('acme', 'viewer')).held).toEqual([])
  })

  test('a problem of the API rejects with its document', async () => {
    const { client } = open()
    const job = { appId: 'viewer', meter: 'model-derivative-complex-job', authorizationId: 'job-2' }
    await client.authorize({ ...job, quantity: 1 })
    const failures = await Promise.all([
      client.authorize({ ...job, quantity: 2 }).catch((error) => error),
      client.capture('nothing', 1).catch((error) => error),
      client.void('nothing').catch((error) => error),
    ])
    expect(failures.map(({ status, problem }) => [status, problem.code])).toEqual([
      [409, 'IDEMPOTENCY_CONFLICT'],
      [404, 'NOT_FOUND'],
      [404, 'NOT_FOUND'],
    ])
    for (const failure of failures) expect(failure).toBeInstanceOf(CallFailed)
    await client.void('job-2')
    await client.close()
  })
})

describe('without an answer', () => {
  const nowhere = 'http://127.0.0.1:9'

  test('a meter that stops in an outage is unavailable after the longest wait', async () => {
    const { client, problems } = open({ baseUrl: nowhere, callTimeoutMs: 200 })
    expect(await client.allow('viewer', meter)).toMatchObject({ decision: 'unavailable' })
    expect(problems[0]).toMatchObject({ what: 'request', status: 0 })
  })

  test('a meter that goes on is allowed, and says that nothing pays for it yet', async () => {
    const outage = { [meter]: 'record' } as const
    const { client } = open({ baseUrl: nowhere, callTimeoutMs: 200, outage })
    expect(await client.allow('viewer', meter)).toEqual({ decision: 'allow', warnings: [] })
    expect(await client.allow('viewer', 'reality-capture')).toMatchObject({ decision: 'unavailable' })
  })

  test('the use of an outage is recorded when Tollgate can be reached again', async () => {
    const real = openEnvironment({ baseUrl: app.runtime.url, token })
    let isOut = true
    const send: Environment['send'] = (sent) =>
      isOut ? Promise.reject(new Error('the line is cut')) : real.send(sent)
    const options = {
      baseUrl: app.runtime.url,
      token,
      callTimeoutMs: 200,
      outage: 'record',
      onProblem: () => {},
    } as const
    const client = createClient(options, { ...real, send })
    const before = await recordedOf('acme', 'searcher')
    const decisions = await Promise.all([3, 4].map((quantity) => client.allow('searcher', meter, quantity)))
    expect(decisions.map(({ decision }) => decision)).toEqual(['allow', 'allow'])
    isOut = false
    await client.close()
    expect((await recordedOf('acme', 'searcher')) - before).toBe(7)
  })

  test('single operations fail in time, and may be repeated', async () => {
    const { client } = open({ baseUrl: nowhere, callTimeoutMs: 200 })
    const job = { appId: 'viewer', meter, quantity: 1 }
    const calls = [client.authorize(job), client.capture('job-1', 1), client.void('job-1')]
    const results = await Promise.allSettled(calls)
    const failure = { status: 'rejected', reason: { name: 'CallFailed', status: 0 } }
    expect(results).toMatchObject([failure, failure, failure])
  })

  test('a token that is refused is a problem with its status', async () => {
    const { client, problems } = open({ token: 'wrong', callTimeoutMs: 200 })
    expect(await client.allow('viewer', meter)).toMatchObject({ decision: 'unavailable' })
    expect(problems[0]).toMatchObject({ what: 'request', status: 401 })
  })
})
