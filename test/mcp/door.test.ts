import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { type DoorEvent, makeDoor } from '../../lambdas/mcp/door.ts'
import { listedInput, listedOutput } from '../../lambdas/mcp/listed-schema.ts'
import type { Tool } from '../../lambdas/mcp/tool.ts'
import { logger } from '../../lambdas/runtime/log.ts'
import { sendMetricsTo } from '../../lambdas/runtime/metrics.ts'

/* The HTTP and JSON-RPC shape of the door, with tools that answer as badly as a tool can. */

logger.setLogLevel('SILENT')
sendMetricsTo(() => {})

const answer = (statusCode: number, body: unknown) => ({
  statusCode,
  headers: {},
  body: JSON.stringify(body),
})
const secret = 'secret inner text'

function tool(name: string, run: Tool['run']): Tool {
  const facts = { name, title: name, description: name, scope: 'hub:read' as const }
  const [input, output] = [v.strictObject({}), v.object({ n: v.number() })]
  return { ...facts, inputSchema: listedInput(input), outputSchema: listedOutput(output), run }
}

const tools = [
  tool('fails', async () => {
    throw new Error(secret)
  }),
  tool('answers_text_for_a_number', async () => answer(200, { n: 'one' })),
  tool('answers_too_much', async () => answer(200, { n: 1, text: 'x'.repeat(100_001) })),
  tool('refuses', async () => answer(404, { code: 'NOT_FOUND' })),
  tool('works', async (_, { caller }) => answer(200, { n: caller.subject.length })),
]

const door = makeDoor({
  tools,
  findHolder: async () => undefined,
  verify: async (token) => {
    if (token === 'issuer-is-down') throw new Error(secret)
    return token === 'good' ? { sub: 'sub', scope: 'hub/read', team: 'acme', role: 'admin' } : undefined
  },
})

interface Sent {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string | undefined>>
  readonly body?: string
  readonly isBase64Encoded?: boolean
}

async function send({ method = 'POST', headers, body, isBase64Encoded = false }: Sent) {
  const event: DoorEvent = {
    routeKey: 'ANY /mcp',
    rawPath: '/mcp',
    headers: {
      authorization: 'Bearer good',
      accept: 'application/json, text/event-stream',
      'content-type': 'application/json',
      host: 'api.example.com',
      'x-forwarded-proto': 'https',
      ...headers,
    },
    body: body ?? '',
    isBase64Encoded,
    requestContext: { requestId: 'request-1', http: { method } },
  }
  const { statusCode, headers: answered, body: text } = await door(event)
  return { status: statusCode, headers: answered, text, body: text === '' ? undefined : JSON.parse(text) }
}

const rpc = (method: string, params: object = {}) => JSON.stringify({ jsonrpc: '2.0', id: 1, method, params })
const callOf = (name: string) => rpc('tools/call', { name, arguments: {} })

describe('a tool that', () => {
  test('fails inside is an error that says nothing of the cause', async () => {
    const { status, text, body } = await send({ body: callOf('fails') })
    expect([status, body.result.isError]).toEqual([200, true])
    expect(JSON.parse(body.result.content[0].text)).toMatchObject({
      code: 'INTERNAL_ERROR',
      requestId: 'request-1',
    })
    expect(text).not.toContain(secret)
  })

  test('answers what its schema does not allow is an error without structure', async () => {
    const { body } = await send({ body: callOf('answers_text_for_a_number') })
    expect([body.result.isError, body.result.structuredContent]).toEqual([true, undefined])
  })

  test('answers too much is an error that says how to ask for less', async () => {
    const { body, text } = await send({ body: callOf('answers_too_much') })
    expect(JSON.parse(body.result.content[0].text)).toMatchObject({ code: 'ANSWER_TOO_LONG' })
    expect(text.length).toBeLessThan(1_000)
  })

  test('gets a problem from its call shows it as an error', async () => {
    const { body } = await send({ body: callOf('refuses') })
    const { isError, content } = body.result
    expect([isError, JSON.parse(content[0].text)]).toEqual([true, { code: 'NOT_FOUND' }])
  })

  test('works answers structure and text, for the caller of the token', async () => {
    const { status, headers, body } = await send({ body: callOf('works') })
    expect(body.result).toMatchObject({ structuredContent: { n: 3 }, content: [{ text: '{"n":3}' }] })
    expect([status, headers['content-type'], headers['cache-control']]).toEqual([
      200,
      'application/json',
      'no-store',
    ])
  })
})

describe('over HTTP', () => {
  test.each(['GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD'])('%s is not allowed', async (method) => {
    const { status, headers } = await send({ method, headers: { authorization: undefined } })
    expect([status, headers.allow]).toEqual([405, 'POST'])
  })

  test.each([
    ['no token', undefined],
    ['another scheme', 'Basic Z29vZA=='],
    ['a token that is not valid', 'Bearer bad'],
    ['two tokens', 'Bearer good good'],
  ])('%s is a 401 that says where to get a token', async (_, authorization) => {
    const { status, headers, body } = await send({ headers: { authorization }, body: callOf('works') })
    expect([status, body.code]).toEqual([401, 'UNAUTHENTICATED'])
    expect(headers['www-authenticate']).toBe(
      'Bearer resource_metadata="https://api.example.com/.well-known/oauth-protected-resource/mcp"',
    )
  })

  test('behind the page, the metadata is at the host that was called; a name that is none is ignored', async () => {
    const challenged = async (name: string) => {
      const headers = { authorization: undefined, 'x-forwarded-host': name }
      return (await send({ headers })).headers['www-authenticate']
    }
    expect(await challenged('hub.example.com')).toContain('"https://hub.example.com/.well-known/')
    expect(await challenged('a" b="c')).toContain('"https://api.example.com/.well-known/')
  })

  test('an issuer that does not answer is a 500 that says nothing of the cause', async () => {
    const { status, text } = await send({ headers: { authorization: 'Bearer issuer-is-down' } })
    expect([status, text.includes(secret)]).toEqual([500, false])
  })

  test('the media types that the protocol wants are needed', async () => {
    expect((await send({ headers: { accept: '*/*' }, body: rpc('ping') })).status).toBe(406)
    expect((await send({ headers: { 'content-type': 'text/plain' }, body: rpc('ping') })).status).toBe(415)
  })

  test('a body that is no JSON, no message, too long or a batch is refused', async () => {
    for (const body of ['{', '{}', '5', ''])
      expect([body, (await send({ body })).status]).toEqual([body, 400])
    expect((await send({ body: ` [${rpc('ping')}]` })).body.error.code).toBe(-32_600)
    const long = rpc('ping', { text: 'x'.repeat(65_536) })
    expect((await send({ body: long })).body).toMatchObject({ status: 413, code: 'PAYLOAD_TOO_LARGE' })
  })

  test('an encoded body is read, a ping is answered, and a notification is accepted', async () => {
    const body = Buffer.from(rpc('ping')).toString('base64')
    expect((await send({ body, isBase64Encoded: true })).body).toMatchObject({ id: 1, result: {} })
    const notified = await send({
      body: JSON.stringify({ jsonrpc: '2.0', method: 'notifications/initialized' }),
    })
    expect([notified.status, notified.text]).toEqual([202, ''])
  })

  test('an unknown method or tool, and an unknown version, are errors of the protocol', async () => {
    expect((await send({ body: rpc('no/such') })).body.error.code).toBe(-32_601)
    expect((await send({ body: callOf('no_such') })).body.error.code).toBe(-32_602)
    const headers = { 'mcp-protocol-version': '1999-01-01' }
    expect((await send({ headers, body: rpc('ping') })).status).toBe(400)
  })

  test('a subscription ends at once, because nothing here notifies', async () => {
    const version = '2026-07-28'
    const params = {
      notifications: { toolsListChanged: true },
      _meta: {
        'io.modelcontextprotocol/protocolVersion': version,
        'io.modelcontextprotocol/clientInfo': { name: 'test', version: '1' },
        'io.modelcontextprotocol/clientCapabilities': {},
      },
    }
    const headers = { 'mcp-protocol-version': version, 'mcp-method': 'subscriptions/listen' }
    const { body } = await send({ headers, body: rpc('subscriptions/listen', params) })
    expect(body.error.message).toContain('limit')
  })
})
