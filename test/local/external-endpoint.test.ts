import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type Engine, startEngine } from '../../audit/data-folder/engine.ts'
import { type Runtime, startRuntime } from '../../local/runtime.ts'
import { tryLines } from '../../local/welcome.ts'
import { freePort } from '../support/child-runtime.ts'
import { newDataDir, send } from './runtime-fixture.ts'

/*
 * Runs `npm start` on an external engine. The engine is behind a server with a separate database for each
 * access key id and Region, which is the default of Amazon's DynamoDB Local. A test in test/long uses the
 * real one.
 */

let engine: Engine
let endpoint: Endpoint
beforeAll(async () => {
  engine = await startEngine(newDataDir())
  endpoint = await Endpoint.open(engine.endpoint)
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await endpoint.close()
  await engine.stop()
})

/** Forwards requests to an engine. Handles requests for a second database like an empty engine. */
class Endpoint {
  readonly url: string
  readonly databases = new Set<string>()
  /** True accepts writes and discards them. */
  isForgetful = false
  private readonly server: Server

  private constructor(server: Server, port: number) {
    this.server = server
    this.url = `http://127.0.0.1:${port}`
  }

  static async open(target: string): Promise<Endpoint> {
    const port = await freePort()
    const server = createServer((request, response) => {
      void opened.answer(target, request).then(({ status, body }) => {
        response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(body)
      })
    }).listen(port, '127.0.0.1')
    const opened = new Endpoint(server, port)
    await once(server, 'listening')
    return opened
  }

  async close(): Promise<void> {
    this.server.closeAllConnections()
    this.server.close()
  }

  private async answer(target: string, request: IncomingMessage) {
    const body = Buffer.concat(await request.toArray())
    const [, keyId, , region] =
      /Credential=([^/]+)\/(\d+)\/([^/]+)/.exec(request.headers.authorization ?? '') ?? []
    this.databases.add(`${keyId} ${region}`)
    const error = {
      __type: 'ResourceNotFoundException',
      message: 'Cannot do operations on a non-existent table',
    }
    if (this.databases.size > 1) return { status: 400, body: JSON.stringify(error) }
    const action = String(request.headers['x-amz-target'])
    if (this.isForgetful && action.endsWith('TransactWriteItems')) return { status: 200, body: '{}' }
    const kept = ['authorization', 'content-type', 'x-amz-date', 'x-amz-target']
    const headers = Object.fromEntries(kept.map((name) => [name, String(request.headers[name] ?? '')]))
    const answer = await fetch(target, { method: 'POST', headers, body })
    return { status: answer.status, body: await answer.text() }
  }
}

describe('an engine with a database for each key id and Region', () => {
  const told: string[] = []
  const dataDir = newDataDir()
  let runtime: Runtime
  beforeAll(async () => {
    vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', endpoint.url)
    runtime = await startRuntime({ dataDir, port: 0, tell: (line) => told.push(line) })
  }, 180_000)
  afterAll(() => runtime?.stop())

  test('receives requests for one database only, from the runtime and from every function', () => {
    expect([...endpoint.databases]).toEqual(['local us-east-1'])
  })

  test('receives the sample data without a failed call', async () => {
    expect(told.filter((line) => /failed/.test(line))).toEqual([])
    expect(runtime.hasLoadedSample).toBe(true)
    const lines = await tryLines(runtime.url, dataDir)
    expect(lines.filter((line) => line.startsWith('curl '))).toHaveLength(3)
  })

  test('has the table of the template: stream, indexes, time to live', async () => {
    const described = await ask('DescribeTable')
    expect(described.Table).toMatchObject({
      TableStatus: 'ACTIVE',
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
    })
    const { TimeToLiveDescription } = await ask('DescribeTimeToLive')
    expect(TimeToLiveDescription).toMatchObject({ TimeToLiveStatus: 'ENABLED', AttributeName: 'ttl' })
  })

  async function ask(action: string) {
    const [TableName] = runtime.tableNames
    const headers = {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-date': '20260101T000000Z',
      'x-amz-target': `DynamoDB_20120810.${action}`,
      authorization:
        'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
    }
    return (await send(endpoint.url, { method: 'POST', headers, body: JSON.stringify({ TableName }) })).body
  }
})

test('the sample calls are not printed without the sample data', async () => {
  vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', undefined)
  const dataDir = newDataDir()
  const runtime = await startRuntime({ dataDir, port: 0, sample: false })
  try {
    const lines = await tryLines(runtime.url, dataDir)
    expect(lines.filter((line) => line.startsWith('curl '))).toEqual([])
    expect(lines[0]).toBe(`The developer hub: ${runtime.url}/`)
  } finally {
    await runtime.stop()
  }
}, 120_000)

describe('npm start ends with one line and exit code 1 when the endpoint', () => {
  const start = fileURLToPath(new URL('../../local/start.mjs', import.meta.url))

  async function startAt(url: string) {
    const env = {
      PATH: process.env.PATH,
      DATA_DIR: join(newDataDir(), 'data'),
      PORT: '0',
      AWS_ENDPOINT_URL_DYNAMODB: url,
    }
    // `spawnSync` would block the endpoint, which runs in this process.
    const child = spawn(process.execPath, [start], { env, stdio: ['ignore', 'pipe', 'pipe'] })
    const [stdout, stderr, [status]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'close'),
    ])
    expect(stdout).not.toContain('Listening')
    expect(stdout).not.toContain('sample')
    return { status, lines: stderr.trimEnd().split('\n') }
  }

  test('does not exist', async () => {
    const url = `http://127.0.0.1:${await freePort()}`
    const { status, lines } = await startAt(url)
    expect(lines).toEqual([
      expect.stringMatching(new RegExp(`^AWS_ENDPOINT_URL_DYNAMODB, ${url}, .*ECONNREFUSED`)),
    ])
    expect(status).toBe(1)
  }, 120_000)

  test('does not store writes', async () => {
    const forgetful = await Endpoint.open(engine.endpoint)
    forgetful.isForgetful = true
    const { status, lines } = await startAt(forgetful.url)
    await forgetful.close()
    expect(lines).toEqual([expect.stringContaining('an item was written with success and then not found')])
    expect(status).toBe(1)
  }, 120_000)
})
