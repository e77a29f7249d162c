import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { expect } from 'vitest'
import { test } from '../support/fixtures.ts'
import type { LocalApp } from '../support/local-app.ts'
import { startFlexTeam } from '../support/metered-team.ts'

/* An agent that has nothing but the key of a budget. */

test.override('clockStart', '2026-01-15T10:00:00Z')

let local: LocalApp
test.beforeAll(async ({ app }) => {
  local = app
  await startFlexTeam(local, 'kumo', 'kumo-converter')
  await local.call('ops', 'PUT', '/v1/apps/kumo-viewer', { teamId: 'kumo', name: 'kumo-viewer' })
})

const use = { appId: 'kumo-converter', meter: 'automation-autocad' }

/** The key of a new budget of two tokens a day. */
async function makeKey(budgetId: string): Promise<string> {
  const budget = { budgetId, name: `The ${budgetId}`, appId: use.appId, every: 'day', tokens: 2 }
  const body = { ...budget, endsAt: '2026-03-01T00:00:00Z' }
  const { key } = await local.call('hub:kumo', 'POST', '/v1/teams/kumo/budgets', body)
  return String(key)
}

async function connect(key: string): Promise<Client> {
  const client = new Client({ name: 'agent', version: '1.0.0' }, { versionNegotiation: { mode: 'auto' } })
  const requestInit = { headers: { authorization: `Bearer ${key}` } }
  await client.connect(
    new StreamableHTTPClientTransport(new URL(`${local.runtime.url}/mcp`), { requestInit }),
  )
  return client
}

async function ask(client: Client, name: string, args: Record<string, unknown> = {}) {
  const { content, structuredContent, isError } = await client.callTool({ name, arguments: args })
  const [{ text }] = content as unknown as [{ text: string }]
  return isError === true ? { problem: JSON.parse(text).code } : structuredContent
}

test('an agent asks what a job costs, runs it, is refused beyond its budget, and explains the charge', async () => {
  const agent = await connect(await makeKey('night'))
  const { tools } = await agent.listTools()
  expect(tools.map(({ name }) => name)).toEqual([
    ...['rates', 'quote', 'may_i', 'explain_charge', 'budget', 'authorize', 'capture', 'void'],
  ])
  const budget = { budgetId: 'night', name: 'The night', every: 'day', tokens: 2, appId: use.appId }
  const endsAt = '2026-03-01T00:00:00Z'
  expect(await ask(agent, 'budget')).toEqual({ ...budget, used: 0, held: 0, endsAt })
  const cap = { quantity: 720, tokens: 1, usdCents: 300 }
  expect(await ask(agent, 'quote', { quoteId: 'q1', ...use, quantity: 720 })).toMatchObject({ cap })
  const granted = await ask(agent, 'authorize', { jobId: 'one', ...use, quantity: 720, quoteId: 'q1' })
  expect(granted).toMatchObject({ decision: 'allow', cap })
  const { authorizationId } = granted as { authorizationId: string }
  expect(await ask(agent, 'budget')).toMatchObject({ used: 0, held: 1 })
  const captured = await ask(agent, 'capture', { authorizationId, used: 720, final: true })
  const charges = [{ source: 'flex', meter: use.meter, units: 1, tokens: 1 }]
  expect(captured).toEqual({ authorizationId, used: 720, status: 'closed', charges })
  const beyond = { jobId: 'two', ...use, quantity: 1_440 }
  expect(await ask(agent, 'may_i', { ...use, quantity: 1_440 })).toMatchObject({ decision: 'deny' })
  expect(await ask(agent, 'authorize', beyond)).toMatchObject({
    decision: 'deny',
    refusal: {
      code: 'BUDGET_EXHAUSTED',
      missing: [{ code: 'BUDGET_EXHAUSTED' }],
      resumesAt: '2026-01-16T00:00:00Z',
      resolve: expect.any(String),
    },
  })
  expect(await ask(agent, 'explain_charge', { authorizationId })).toMatchObject({
    charged: { units: 1, tokens: 1, usdCents: 0 },
    entries: [
      { kind: 'authorization', budgetId: 'night' },
      { kind: 'capture', charges },
    ],
  })
  // The team sees who did it.
  const { entries } = (await local.call('hub:kumo', 'GET', '/v1/teams/kumo/entries?kind=capture')) as {
    entries: object[]
  }
  expect(entries).toMatchObject([{ authorizationId, actor: { subject: 'budget:night', name: 'The night' } }])
  await agent.close()
})

test('the holder of a key sees nothing of the team, its other agents or its other apps', async () => {
  const [first, second] = [await connect(await makeKey('first')), await connect(await makeKey('second'))]
  const hidden = /teamId|fundedBy|remaining|lotId|lots|version|actor|kumo"|backing|spend/
  const asked = { jobId: 'same', ...use, quantity: 1 }
  const [own, other] = [await ask(first, 'authorize', asked), await ask(second, 'authorize', asked)]
  const { authorizationId } = own as { authorizationId: string }
  expect(other).toMatchObject({
    decision: 'allow',
    authorizationId: expect.not.stringMatching(authorizationId),
  })
  for (const [name, args] of [
    ['capture', { authorizationId, used: 1 }],
    ['void', { authorizationId }],
    ['explain_charge', { authorizationId }],
    ['may_i', { ...use, appId: 'kumo-viewer', quantity: 1 }],
    ['may_i', { ...use, teamId: 'other', quantity: 1 }],
    ['authorize', { ...asked, appId: 'kumo-viewer' }],
  ] as const)
    expect([name, await ask(second, name, args)]).toEqual([name, { problem: 'NOT_FOUND' }])
  for (const name of ['balance', 'usage', 'forecast', 'whoami'])
    await expect(second.callTool({ name, arguments: {} })).rejects.toThrow(name)
  const seen = [
    own,
    await ask(first, 'quote', { quoteId: 'q2', ...use, quantity: 1 }),
    await ask(first, 'may_i', { ...use, quantity: 1_000_000 }),
    await ask(first, 'explain_charge', { authorizationId }),
    await ask(first, 'void', { authorizationId }),
  ]
  for (const answer of seen) expect(JSON.stringify(answer)).not.toMatch(hidden)
  // The injected budget cannot be replaced by an argument.
  expect(await ask(first, 'authorize', { ...asked, budgetId: 'second' })).toEqual({ problem: 'BAD_REQUEST' })
  await Promise.all([first.close(), second.close()])
})

test('a key works at /mcp alone, and no longer once it is revoked', async () => {
  const key = await makeKey('short')
  const headers = { authorization: `Bearer ${key}` }
  const path = '/v1/teams/kumo/balance'
  expect((await fetch(`${local.runtime.url}${path}`, { headers })).status).toBe(401)
  const agent = await connect(key)
  expect(await ask(agent, 'budget')).toMatchObject({ budgetId: 'short' })
  await local.call('hub:kumo', 'DELETE', '/v1/teams/kumo/budgets/short')
  await expect(ask(agent, 'budget')).rejects.toThrow()
  await expect(connect(key)).rejects.toThrow()
  await expect(connect(`tgk_${'A'.repeat(43)}`)).rejects.toThrow()
  await agent.close()
})
