import { expect } from 'vitest'
import { auditTable } from '../../audit/table.ts'
import { untilNotBusy } from '../support/asking-again.ts'
import { test } from '../support/fixtures.ts'
import type { HttpRuntime } from '../support/http-runtime.ts'

/* Concurrent requests, over HTTP, on the real engine. Each test has a separate team. */

const clockStart = '2026-02-20T10:00:00Z'
let runtime: HttpRuntime
let ops: string
let meter: string
let count = 0

test.beforeAll(async ({ http }) => {
  runtime = http
  ops = await runtime.tokenFor(['ops:admin'])
  meter = await runtime.tokenFor(['aps:meter'])
})

/** Status and body of an answer. Headers are left out, because each answer has a different id and date. */
async function ask(token: string, method: string, path: string, sent?: object) {
  const body = sent && JSON.stringify(sent)
  const { headers, ...answer } = await untilNotBusy(() => runtime.send({ method, path, token, body }))
  return answer
}

/** A paid team with 100 tokens, and an app in its hub. */
async function newTeam() {
  count += 1
  const [team, app] = [`team-${count}`, `app-${count}`]
  const hub = await runtime.tokenFor(['hub:read', 'hub:write'], team, 'admin')
  const profile = { name: team, country: 'US', paymentMethod: 'credit-card', standing: 'good' }
  const made = [
    await ask(ops, 'PUT', `/v1/teams/${team}`, profile),
    await ask(ops, 'PUT', `/v1/apps/${app}`, { teamId: team, name: app }),
    await ask(hub, 'PUT', `/v1/teams/${team}/hub`, { name: 'Hub' }),
    await ask(hub, 'POST', `/v1/teams/${team}/hub/apps`, { appIds: [app] }),
    await ask(hub, 'PUT', `/v1/teams/${team}/plan`, { plan: 'paid' }),
    await ask(hub, 'POST', `/v1/teams/${team}/token-purchases`, { purchaseId: 'first', tokens: 100 }),
  ]
  expect(made.filter(({ status }) => status >= 300)).toEqual([])
  const balance = async () => (await ask(hub, 'GET', `/v1/teams/${team}/balance`)).body
  return { team, app, hub, balance }
}

const atOnce = <T>(times: number, send: (n: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: times }, (_, n) => send(n)))

const authorization = (appId: string, authorizationId: string, quantity: number) => {
  return { authorizationId, appId, meter: 'automation-autocad', quantity }
}

test('64 authorizations at once, with backing for 50: exactly 50 are allowed', async () => {
  const { team, app } = await newTeam()
  const answers = await atOnce(64, (n) =>
    ask(meter, 'POST', '/v1/authorizations', authorization(app, `${team}-${n}`, 1_440)),
  )
  const decisions = answers.map(({ body }) => body.decision)
  expect(decisions.filter((decision) => decision === 'allow').length).toBe(50)
  expect(decisions.filter((decision) => decision === 'deny').length).toBe(14)
})

test('the same authorization sent 20 times at once: one entry, 20 equal answers', async () => {
  const { team, app, hub, balance } = await newTeam()
  const body = authorization(app, `${team}-a`, 1_440)
  const answers = await atOnce(20, () => ask(meter, 'POST', '/v1/authorizations', body))
  expect(answers).toEqual(Array(20).fill(answers[0]))
  expect(answers[0]?.body.decision).toBe('allow')
  const { entries } = (await ask(hub, 'GET', `/v1/teams/${team}/entries`)).body as {
    entries: { kind: string }[]
  }
  expect(entries.filter(({ kind }) => kind === 'authorization').length).toBe(1)
  expect((await balance()).held).toMatchObject([{ quantity: 1_440 }])
})

test('captures of one authorization at once: the largest counts, every unit is charged once', async () => {
  const { team, app, balance } = await newTeam()
  await ask(meter, 'POST', '/v1/authorizations', authorization(app, `${team}-a`, 16 * 720))
  const path = `/v1/authorizations/${team}-a/captures`
  const answers = await atOnce(16, (n) => ask(meter, 'POST', path, { used: (1 + ((n * 7) % 16)) * 720 }))
  expect(answers.filter(({ status }) => status !== 200)).toEqual([])
  expect((await balance()).flex).toMatchObject({ tokens: 84 })
})

test('the same purchase 10 times at once is made once', async () => {
  const { team, hub, balance } = await newTeam()
  const path = `/v1/teams/${team}/token-purchases`
  const answers = await atOnce(10, () => ask(hub, 'POST', path, { purchaseId: 'p', tokens: 200 }))
  expect(answers).toEqual(Array(10).fill(answers[0]))
  expect(answers[0]?.status).toBe(201)
  expect((await balance()).flex).toMatchObject({ tokens: 300 })
})

test('batches with overlapping events at once: each event is recorded once', async () => {
  const { team, app } = await newTeam()
  const event = (n: number) => ({
    specversion: '1.0',
    type: 'aps.usage.v1',
    source: `urn:${team}`,
    id: `e${n}`,
    time: clockStart,
    subject: app,
    data: { meter: 'automation-autocad', quantity: 100 },
  })
  const answers = await atOnce(10, (n) => {
    const events = Array.from({ length: 120 }, (_, index) => event((n * 20 + index) % 200))
    return ask(meter, 'POST', '/v1/usage', events)
  })
  const results = answers.flatMap(({ body }) => body.results as { id: string; status: string }[])
  const recorded = results.filter(({ status }) => status === 'recorded').map(({ id }) => id)
  expect([recorded.length, new Set(recorded).size, results.length]).toEqual([200, 200, 1_200])
})

test('after all of it every account is what its journal says', async () => {
  const lines: string[] = []
  await auditTable(runtime.table, { onDifference: (line) => lines.push(line) })
  expect(lines).toEqual([])
})
