import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto'
import { createServer as createHttpServer, type IncomingHttpHeaders, type Server } from 'node:http'
import { type AddressInfo, createServer as createNetServer } from 'node:net'
import { marshall } from '@aws-sdk/util-dynamodb'
import { SignatureV4 } from '@smithy/signature-v4'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { readAnswer } from '../../lambdas/runtime/dynamodb/answer.ts'
import { type Attribute, fromAttributes, toAttributes } from '../../lambdas/runtime/dynamodb/attributes.ts'
import { makePost } from '../../lambdas/runtime/dynamodb/post.ts'
import { Retries } from '../../lambdas/runtime/dynamodb/retries.ts'
import { readSettings } from '../../lambdas/runtime/dynamodb/settings.ts'
import { signedHeaders } from '../../lambdas/runtime/dynamodb/signature.ts'
import { signedTable } from '../../lambdas/runtime/dynamodb/signed-table.ts'
import { fromWire, toWire } from '../../lambdas/runtime/dynamodb/wire.ts'
import { marshallOptions } from '../../lambdas/store/sdk-table.ts'
import { TableFault } from '../../lambdas/store/table-errors.ts'

/* The parts of the client of the functions that services call. `table-clients.test.ts` has what both clients do. */

const secrets = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' }

/** The SHA-256 that the SDK's signer asks for. */
class Sha256 {
  private readonly hash: Hash | Hmac

  constructor(key?: string | ArrayBuffer | Uint8Array) {
    this.hash =
      key === undefined
        ? createHash('sha256')
        : createHmac('sha256', typeof key === 'string' ? key : Buffer.from(key as Uint8Array))
  }

  update(data: Uint8Array): void {
    this.hash.update(data)
  }

  async digest(): Promise<Uint8Array> {
    return this.hash.digest()
  }

  reset(): void {}
}

describe('a signature', () => {
  const text = fc.string({ unit: fc.constantFrom(...'abcXYZ019-._~'), minLength: 1, maxLength: 12 })
  const request = fc.record({
    origin: fc.constantFrom(
      'https://dynamodb.eu-west-1.amazonaws.com',
      'http://127.0.0.1:8000',
      'https://db.example:444',
    ),
    path: fc.constantFrom('/', '/some/path', '/a%20b/', '/a+b'),
    target: text.map((name) => `DynamoDB_20120810.${name}`),
    body: fc.string({ unit: 'grapheme' }),
    region: text,
    sessionToken: fc.option(text, { nil: undefined }),
    at: fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
  })

  test("is the SDK's, for every request", async () => {
    await fc.assert(
      fc.asyncProperty(request, async ({ origin, path, target, body, region, sessionToken, at }) => {
        const url = new URL(path, origin)
        const credentials = { ...secrets, ...(sessionToken && { sessionToken }) }
        const { authorization, ...headers } = signedHeaders({
          url,
          target,
          body,
          region,
          credentials,
          at: at.getTime(),
        })
        const signer = new SignatureV4({
          service: 'dynamodb',
          region,
          credentials,
          sha256: Sha256 as never,
          applyChecksum: false,
        })
        const { 'x-amz-date': _, 'x-amz-security-token': __, ...given } = headers
        const signed: unknown = await signer.sign(
          {
            method: 'POST',
            protocol: url.protocol,
            hostname: url.hostname,
            path: url.pathname,
            headers: given,
            body,
          } as never,
          { signingDate: at },
        )
        expect(signed).toMatchObject({ headers: { ...headers, authorization } })
      }),
      { numRuns: 300 },
    )
  })
})

describe('the settings', () => {
  const env = { AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' }

  test.each([
    [{}, 'https://dynamodb.eu-west-1.amazonaws.com/'],
    [{ AWS_REGION: 'cn-north-1' }, 'https://dynamodb.cn-north-1.amazonaws.com.cn/'],
    [{ AWS_ENDPOINT_URL: 'http://127.0.0.1:4566' }, 'http://127.0.0.1:4566/'],
    [{ AWS_ENDPOINT_URL: 'http://a:1', AWS_ENDPOINT_URL_DYNAMODB: 'https://b:2/path' }, 'https://b:2/path'],
    [{ AWS_ENDPOINT_URL_DYNAMODB: '' }, 'https://dynamodb.eu-west-1.amazonaws.com/'],
  ])('%j lead to %s', (more, url) => expect(readSettings({ ...env, ...more }).url.href).toBe(url))

  test.each(Object.keys(env))('without %s say so', (name) => {
    expect(() => readSettings({ ...env, [name]: undefined })).toThrow(`${name} is not set`)
  })
})

describe('attributes', () => {
  const item = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 }), { noNullPrototype: true })
  const isOrdinary = (value: unknown): boolean => !JSON.stringify(value).includes('"__proto__"')

  test("are the SDK's, for every item", () => {
    fc.assert(
      fc.property(item.filter(isOrdinary), (item) => {
        fc.pre(numbersOf(item).every((number) => Math.abs(number) <= Number.MAX_SAFE_INTEGER))
        expect(toAttributes(item)).toEqual(marshall(item, marshallOptions))
      }),
    )
  })

  test('keep a field of any name as data', () => {
    const text = '{"__proto__":{"constructor":1},"constructor":{"__proto__":null},"toString":[]}'
    const attributes = toAttributes(JSON.parse(text))
    expect(JSON.stringify(fromAttributes(JSON.parse(JSON.stringify(attributes))))).toBe(text)
  })

  test.each([new Set([1]), new Map(), new Date(0), new Uint8Array(1), () => 1, Symbol('a'), 1n])(
    'refuse a value that is not stored: %s',
    (value) => expect(() => toAttributes({ value })).toThrow(TypeError),
  )

  test('refuse a type that is not stored, and a number that a double does not hold', () => {
    expect(() => fromAttributes({ value: { SS: ['a'] } as unknown as Attribute })).toThrow('SS')
    expect(() => fromAttributes({ value: { N: '9007199254740993' } })).toThrow(RangeError)
  })

  test('replace items alone, also where a table has the name of a field', () => {
    const key = { pk: 'a' }
    const wire = { pk: { S: 'a' } }
    expect(toWire({ RequestItems: { Keys: { Keys: [key], ConsistentRead: true } } })).toEqual({
      RequestItems: { Keys: { Keys: [wire], ConsistentRead: true } },
    })
    expect(fromWire({ Responses: { Item: [wire] }, UnprocessedKeys: { Item: { Keys: [wire] } } })).toEqual({
      Responses: { Item: [key] },
      UnprocessedKeys: { Item: { Keys: [key] } },
    })
  })
})

function numbersOf(value: unknown): number[] {
  if (typeof value === 'number') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersOf) : []
}

describe('an answer', () => {
  test.each(['', '{"Item":{"pk"', 'null', '"text"'])(
    'with status 200 that is not an object is worth another try: %j',
    (body) => {
      expect(() => readAnswer({ status: 200, body })).toThrow(
        expect.objectContaining({ name: 'UnreadableAnswer' }),
      )
    },
  )

  test('without a body has the status as its error', () => {
    const fault = { name: 'UnknownError', message: 'status 502', $metadata: { httpStatusCode: 502 } }
    expect(() => readAnswer({ status: 502, body: '' })).toThrow(expect.objectContaining(fault))
  })
})

test('requests are repeated no more while failures last, until many succeed', async () => {
  const retries = new Retries()
  let tries = 0
  const fail = async () => {
    tries += 1
    throw new TableFault('InternalServerError', '', 500)
  }
  const triesOf = async () => {
    tries = 0
    await retries.run(fail).catch(() => undefined)
    return tries
  }
  const counts: number[] = []
  for (let n = 0; n < 20; n++) counts.push(await triesOf())
  expect([counts[0], counts.at(-1)]).toEqual([3, 1])
  for (let n = 0; n < 500; n++) await retries.run(async () => n)
  expect(await triesOf()).toBe(3)
})

describe('a request', () => {
  let server: Server
  let received: { url: string | undefined; headers: IncomingHttpHeaders }[]
  let answer: { status: number; body: string }
  beforeEach(async () => {
    ;[received, answer] = [[], { status: 200, body: '{}' }]
    server = createHttpServer((request, response) => {
      received.push({ url: request.url, headers: request.headers })
      request.resume()
      response.writeHead(answer.status).end(answer.body)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    vi.stubEnv('AWS_REGION', 'us-east-1')
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'first')
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret')
    vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', `http://127.0.0.1:${port}/db`)
  })
  afterEach(() => {
    vi.unstubAllEnvs()
    server.closeAllConnections()
    server.close()
  })
  const read = () => table.send('GetItem', { TableName: 't', Key: { pk: 'a' } })
  const table = signedTable('t')

  test("goes to the endpoint's path, with the credentials that the environment has then", async () => {
    await read()
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'second')
    vi.stubEnv('AWS_SESSION_TOKEN', 'token')
    await read()
    expect(received.map(({ url }) => url)).toEqual(['/db', '/db'])
    const [before, after] = received.map(({ headers }) => headers)
    expect(before?.authorization).toContain('Credential=first/')
    expect(before).not.toHaveProperty('x-amz-security-token')
    expect(after?.authorization).toContain('Credential=second/')
    expect(after?.['x-amz-security-token']).toBe('token')
    expect(after?.['x-amz-target']).toBe('DynamoDB_20120810.GetItem')
  })

  test('is not repeated where the clock is off, because the clock of a function is right', async () => {
    const body = { __type: 'x#InvalidSignatureException', message: 'Signature expired: now earlier' }
    answer = { status: 400, body: JSON.stringify(body) }
    await expect(read()).rejects.toMatchObject({ name: 'InvalidSignatureException' })
    expect(received).toHaveLength(1)
  })

  test('keeps its connection for the next', async () => {
    const sockets = new Set<unknown>()
    server.on('connection', (socket) => sockets.add(socket))
    for (let n = 0; n < 5; n++) await read()
    expect(sockets.size).toBe(1)
  })
})

describe('a line', () => {
  const patience = { connectMs: 20, answerMs: 50 }

  test('to https begins with a handshake of TLS', async () => {
    const bytes: number[] = []
    const server = createNetServer((socket) => {
      socket.once('data', (data) => {
        bytes.push(data[0] ?? 0)
        socket.destroy()
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const url = new URL(`https://127.0.0.1:${(server.address() as AddressInfo).port}`)
    const patient = { connectMs: 5_000, answerMs: 5_000 }
    await expect(makePost()({ url, headers: {}, body: '{}' }, patient)).rejects.toThrow()
    expect(bytes).toEqual([0x16])
    server.close()
  })

  test('on which no answer comes, or only its beginning, is given up in time', async () => {
    let isBegun = false
    const server = createHttpServer((request, response) => {
      request.resume()
      if (isBegun) response.writeHead(200, { 'content-length': 10 }).write('{')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    const ask = () => makePost()({ url, headers: {}, body: '{}' }, patience)
    await expect(ask()).rejects.toMatchObject({ name: 'TimeoutError' })
    isBegun = true
    await expect(ask()).rejects.toThrow()
    server.closeAllConnections()
    server.close()
  })
})
