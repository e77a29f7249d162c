import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { describe, expect } from 'vitest'
import { test } from '../support/fixtures.ts'
import { type LocalApp, registerTeam } from '../support/local-app.ts'
import { startFlexTeam } from '../support/metered-team.ts'

/* The official client, in both eras of the protocol, against the real functions. */

test.override('clockStart', '2026-01-15T10:00:00Z')

const eras = [
  { era: 'initialize', team: 'kumo', app: 'kumo-converter', versions: /^2025-/ },
  { era: 'discover', team: 'fjord', app: 'fjord-converter', versions: /^2026-/ },
] as const
type Era = (typeof eras)[number]
const meter = 'automation-autocad'

let local: LocalApp
test.beforeAll(async ({ app }) => {
  local = app
  for (const { team, app: appId } of eras) await startFlexTeam(local, team, appId)
  await registerTeam(local, 'other', ['other-app'])
})

async function tokenOf(claims: Record<string, unknown>): Promise<string> {
  const { token } = await local.call('local', 'POST', '/local/tokens', claims)
  return String(token)
}

const admin = (team: string) => tokenOf({ scopes: ['hub:read', 'hub:write'], team, role: 'admin' })

async function connect({ era }: Era, token: string): Promise<Client> {
  const mode = era === 'discover' ? ({ versionNegotiation: { mode: 'auto' } } as const) : {}
  const client = new Client({ name: 'test', version: '1.0.0' }, mode)
  const requestInit = { headers: { authorization: `Bearer ${token}` } }
  await client.connect(
    new StreamableHTTPClientTransport(new URL(`${local.runtime.url}/mcp`), { requestInit }),
  )
  return client
}

/** The structure of a tool's answer; its text must be the same. */
async function ask(client: Client, name: string, args: Record<string, unknown> = {}) {
  const { content, structuredContent, isError } = await client.callTool({ name, arguments: args })
  expect([name, isError ?? false, content]).toEqual([
    name,
    false,
    [{ type: 'text', text: expect.any(String) }],
  ])
  expect(JSON.parse(textOf(content))).toEqual(structuredContent)
  return structuredContent
}

/** The problem document of a call that cannot be answered. */
async function fault(client: Client, name: string, args: Record<string, unknown> = {}) {
  const { content, structuredContent, isError } = await client.callTool({ name, arguments: args })
  expect([name, isError, structuredContent]).toEqual([name, true, undefined])
  return JSON.parse(textOf(content))
}

function textOf(content: unknown): string {
  const [{ text }] = content as [{ text: string }]
  return text
}

describe.each(eras)('a client that begins with $era', (era) => {
  const { team, app: appId, versions } = era

  test('sees the tools of its scopes, with the schemas of what they take and answer', async () => {
    const client = await connect(era, await admin(team))
    expect(client.getNegotiatedProtocolVersion()).toMatch(versions)
    expect(client.getServerVersion()).toMatchObject({ name: 'tollgate' })
    const { tools } = await client.listTools()
    const reading = ['whoami', 'rates', 'quote', 'may_i', 'balance', 'forecast', 'usage', 'explain_charge']
    expect(tools.map(({ name }) => name)).toEqual([...reading, 'authorize', 'capture', 'void'])
    for (const { inputSchema, outputSchema, description } of tools) {
      expect([inputSchema.type, outputSchema?.type]).toEqual(['object', 'object'])
      expect(description?.length).toBeGreaterThan(40)
    }
    // Agents read the list as text, before each conversation.
    expect(JSON.stringify(tools).length).toBeLessThan(40_000)
    const reader = await connect(era, await tokenOf({ scopes: ['hub:read'], team, role: 'admin' }))
    expect((await reader.listTools()).tools.map(({ name }) => name)).toEqual(reading)
    await Promise.all([client.close(), reader.close()])
  })

  test('quotes, authorizes under the quote, captures more than quoted, and explains the charge', async () => {
    const client = await connect(era, await admin(team))
    expect(await ask(client, 'whoami')).toEqual({
      teams: [{ teamId: team, name: team, role: 'admin', apps: [{ appId, name: appId, isInHub: true }] }],
    })
    const { meters } = (await ask(client, 'rates')) as { meters: object[] }
    expect(meters).toContainEqual(expect.objectContaining({ meter, unitSize: 720, tokensPerUnit: 1 }))
    const use = { appId, meter, quantity: 1_500 }
    const cap = { quantity: 1_500, tokens: 3, usdCents: 900 }
    const quote = { quoteId: 'q1', ...use }
    expect(await ask(client, 'quote', quote)).toMatchObject({ decision: 'allow', fundedBy: 'flex', cap })
    expect(await ask(client, 'may_i', use)).toMatchObject({ decision: 'allow', remaining: 70_500 })
    const asked = { jobId: 'render', ...use, quoteId: 'q1' }
    const granted = (await ask(client, 'authorize', asked)) as { authorizationId: string }
    expect(granted).toMatchObject({ decision: 'allow', teamId: team, cap, expiresAt: '2026-01-15T11:00:00Z' })
    expect(await ask(client, 'authorize', asked)).toEqual(granted)
    const { authorizationId } = granted
    expect(authorizationId).toMatch(/^render\.[A-Za-z0-9_-]{22}$/)
    const captured = await ask(client, 'capture', { authorizationId, used: 2_400, final: true })
    const charge = { source: 'flex', meter, units: 2, tokens: 2, lotId: 'first' }
    expect(captured).toMatchObject({ status: 'closed', overrun: true, waived: 900, charges: [charge] })
    expect(await ask(client, 'explain_charge', { authorizationId })).toMatchObject({
      ...{ authorizationId, appId, meter, charged: { units: 2, tokens: 2, usdCents: 0 }, hasMore: false },
      entries: [
        { kind: 'authorization', quoteId: 'q1', cap },
        { kind: 'capture', charges: [charge], rate: { unitSize: 720, tokensPerUnit: 1 }, waived: 900 },
      ],
    })
    expect(await ask(client, 'balance')).toMatchObject({ plan: 'paid', flex: { tokens: 98 } })
    const days = { from: '2026-01-01', to: '2026-01-31' }
    await expect
      .poll(() => ask(client, 'usage', { ...days, groupBy: ['month', 'app', 'meter'] }))
      .toMatchObject({ rows: [{ month: '2026-01', app: appId, meter, units: 2, tokens: 2 }] })
    expect(await ask(client, 'forecast')).toMatchObject({ period: '2026-01', tokens: { remaining: 98 } })
    await client.close()
  })

  test('gets a denial as a normal answer, with what lifts it', async () => {
    const client = await connect(era, await admin(team))
    const large = { appId, meter, quantity: 720_000 }
    const refusal = { code: 'TOKENS_EXHAUSTED', resolve: expect.any(String), missing: [expect.anything()] }
    expect(await ask(client, 'may_i', large)).toMatchObject({ decision: 'deny', refusal })
    expect(await ask(client, 'authorize', { jobId: 'large', ...large })).toMatchObject({
      decision: 'deny',
      refusal,
    })
    const foreign = { appId: 'other-app', meter, quantity: 1 }
    const unknown = { decision: 'deny', refusal: { code: 'UNKNOWN_APP' } }
    expect(await ask(client, 'may_i', foreign)).toMatchObject(unknown)
    expect(await ask(client, 'quote', { quoteId: 'q2', ...foreign })).toMatchObject(unknown)
    expect(await ask(client, 'authorize', { jobId: 'theirs', ...foreign })).toMatchObject(unknown)
    await client.close()
  })

  test('gives back what it does not need', async () => {
    const client = await connect(era, await admin(team))
    const asked = { jobId: 'unused', appId, meter, quantity: 720 }
    const { authorizationId } = (await ask(client, 'authorize', asked)) as { authorizationId: string }
    const closed = { authorizationId, used: 0, status: 'closed' }
    expect(await ask(client, 'void', { authorizationId })).toEqual(closed)
    expect(await ask(client, 'void', { authorizationId })).toEqual(closed)
    expect(await ask(client, 'authorize', asked)).toMatchObject({ refusal: { code: 'AUTHORIZATION_CLOSED' } })
    await client.close()
  })

  test('reaches nothing of another team, and nothing that a service has authorized', async () => {
    const client = await connect(era, await admin(team))
    for (const name of ['balance', 'forecast'])
      expect(await fault(client, name, { teamId: 'other' })).toMatchObject({ code: 'NOT_FOUND' })
    const ofService = { authorizationId: `service-${team}`, appId, meter, quantity: 720 }
    await local.call('meter', 'POST', '/v1/authorizations', ofService)
    const { authorizationId } = ofService
    for (const [name, args] of [
      ['capture', { authorizationId, used: 1, final: true }],
      ['void', { authorizationId }],
    ] as const)
      expect(await fault(client, name, args)).toMatchObject({ code: 'NOT_FOUND' })
    // The team's own statement shows it all the same.
    expect(await ask(client, 'explain_charge', { authorizationId })).toMatchObject({ charged: { units: 0 } })
    const stranger = await connect(era, await admin('other'))
    expect(await fault(stranger, 'explain_charge', { authorizationId })).toMatchObject({ code: 'NOT_FOUND' })
    const nobody = await connect(era, await tokenOf({ scopes: ['hub:read', 'hub:write'] }))
    expect(await ask(nobody, 'whoami')).toEqual({ teams: [] })
    expect(await fault(nobody, 'balance')).toMatchObject({ code: 'NOT_FOUND' })
    await Promise.all([client.close(), stranger.close(), nobody.close()])
  })

  test('as a developer sees no money and changes nothing', async () => {
    const token = await tokenOf({ scopes: ['hub:read', 'hub:write'], team, role: 'developer' })
    const client = await connect(era, token)
    expect(await ask(client, 'balance')).not.toHaveProperty('dues')
    const refused = { code: 'ADMIN_REQUIRED' }
    expect(await fault(client, 'explain_charge', { authorizationId: 'a' })).toMatchObject(refused)
    const asked = { jobId: 'mine', appId, meter, quantity: 1 }
    expect(await fault(client, 'authorize', asked)).toMatchObject(refused)
    await client.close()
  })

  test('learns which field of its arguments is wrong, and that a tool does not exist', async () => {
    const client = await connect(era, await admin(team))
    const sent = { appId: '../x', meter: 'no-such-meter', quantity: 1.5, colour: 'red' }
    expect((await fault(client, 'may_i', sent)).errors).toEqual([
      { pointer: '/appId', message: expect.stringContaining('1 to 64') },
      { pointer: '/quantity', message: 'must be a whole number' },
      { pointer: '/colour', message: 'is not a field of this call' },
    ])
    const unknown = { appId, meter: 'no-such-meter', quantity: 1 }
    expect((await fault(client, 'may_i', unknown)).errors).toMatchObject([{ pointer: '/meter' }])
    const days = { from: '2026-02-01', to: '2026-01-01' }
    expect((await fault(client, 'usage', days)).errors).toMatchObject([{ pointer: '/query/to' }])
    const long = { jobId: 'j'.repeat(41), appId, meter, quantity: 1 }
    expect((await fault(client, 'authorize', long)).errors).toMatchObject([{ pointer: '/jobId' }])
    await expect(client.callTool({ name: 'no_such_tool', arguments: {} })).rejects.toThrow('no_such_tool')
    await client.close()
  })

  test('with a wrong token, or one for something else, is not let in', async () => {
    const [token, meterToken] = [await admin(team), await tokenOf({ scopes: ['aps:meter'] })]
    const forged = `${token.slice(0, -8)}AAAAAAAA`
    for (const sent of ['nonsense', forged, meterToken]) await expect(connect(era, sent)).rejects.toThrow()
  })
})

test('a person with several teams names one, and no team that has only sent an invitation counts', async () => {
  const [first, second] = eras
  const email = 'sora@example.com'
  const token = await tokenOf({ scopes: ['hub:read', 'hub:write'], person: email })
  const invite = (team: string) =>
    local.call(`hub:${team}`, 'PUT', `/v1/teams/${team}/members/sora`, { email, role: 'developer' })
  const accept = (team: string) => {
    const init = { method: 'PUT', headers: { authorization: `Bearer ${token}` } }
    return fetch(`${local.runtime.url}/v1/me/memberships/${team}`, init)
  }
  await invite(first.team)
  const client = await connect(first, token)
  expect(await ask(client, 'whoami')).toEqual({ teams: [] })
  expect(await fault(client, 'balance')).toMatchObject({ code: 'NOT_FOUND' })
  expect((await accept(first.team)).status).toBe(204)
  await invite(second.team)
  expect(await ask(client, 'balance')).toMatchObject({ plan: 'paid' })
  expect((await accept(second.team)).status).toBe(204)
  const { errors } = await fault(client, 'balance')
  expect(errors).toEqual([{ pointer: '/teamId', message: 'is required' }])
  expect(await ask(client, 'balance', { teamId: second.team })).toMatchObject({ plan: 'paid' })
  await client.close()
})

test('the metadata names the address that was called, the issuer and the scopes; a 401 leads to it', async () => {
  const { url } = local.runtime
  const metadata = `${url}/.well-known/oauth-protected-resource/mcp`
  const refused = await fetch(`${url}/mcp`, { method: 'POST', body: '{}' })
  expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([
    401,
    `Bearer resource_metadata="${metadata}"`,
  ])
  expect(await (await fetch(metadata)).json()).toEqual({
    resource: `${url}/mcp`,
    authorization_servers: [`${url}/local/oidc`],
    scopes_supported: ['hub:read', 'hub:write'],
    bearer_methods_supported: ['header'],
    resource_name: 'Tollgate',
  })
  const issuer = await fetch(`${url}/local/oidc/.well-known/openid-configuration`)
  expect(await issuer.json()).toMatchObject({ issuer: `${url}/local/oidc` })
})
