import { spawn } from 'node:child_process'
import { Readable } from 'node:stream'
import { afterEach, describe, expect, test } from 'vitest'
import { pauseMs, type ReplayClientOptions, replayClient } from '../../tools/replay/client.ts'
import { type ReplayOptions, replay } from '../../tools/replay/run.ts'
import { summary } from '../../tools/replay/totals.ts'
import { type SentBatch, startUsageServer, type UsageServerOptions } from './usage-server.ts'

let stops: (() => Promise<unknown>)[] = []
afterEach(async () => {
  await Promise.all(stops.map((stop) => stop()))
  stops = []
})

async function startServer(options: UsageServerOptions = {}) {
  const server = await startUsageServer(options)
  stops.push(server.stop)
  return server
}

function anEvent(id: string, change: Record<string, unknown> = {}): string {
  const event = { specversion: '1.0', type: 'aps.usage.v1', source: 'urn:test', id, subject: 'app-1' }
  const data = { meter: 'automation-autocad', quantity: 1 }
  return JSON.stringify({ ...event, time: '2026-10-01T00:00:00Z', data, ...change })
}

function events(count: number, change: (index: number) => Record<string, unknown> = () => ({})): string[] {
  return Array.from({ length: count }, (_, index) => anEvent(`e${index}`, change(index)))
}

function run(url: string, lines: string[], options: Partial<ReplayOptions & ReplayClientOptions> = {}) {
  const { triesMax = 4, token, ...rest } = options
  const client = replayClient({ url, token, triesMax, firstPauseMs: 1 })
  const input = Readable.from([lines.join('\n')])
  return replay({ input, client, concurrency: 4, batch: 1000, asIs: false, ...rest })
}

describe('the totals', () => {
  test('count recorded, duplicate and rejected lines, and charges for each source', async () => {
    const { url } = await startServer()
    const lines = [
      ...events(3),
      anEvent('e1'),
      anEvent('x', { subject: 'retired-app' }),
      '{"cut',
      '',
      '[1]',
      '7',
    ]
    const { totals } = await run(url, lines)
    expect(totals).toMatchObject({ recorded: 3, duplicate: 1, rejected: 4, undelivered: 0 })
    expect(totals.sources.get('flex')).toEqual({ units: 3, milliTokens: 1500, usdCents: 0 })
    expect(totals.rejectedShown).toEqual([
      { number: 5, code: 'UNKNOWN_APP', reason: 'No such app' },
      { number: 6, code: 'MALFORMED_LINE', reason: 'not JSON' },
      { number: 8, code: 'MALFORMED_LINE', reason: 'not a JSON object' },
      { number: 9, code: 'MALFORMED_LINE', reason: 'not a JSON object' },
    ])
  })

  test('show that a second run changes nothing: all duplicates, no charges', async () => {
    const { url, known } = await startServer()
    await run(url, events(50))
    const { totals } = await run(url, events(50))
    expect(totals).toMatchObject({ recorded: 0, duplicate: 50, rejected: 0 })
    expect(totals.sources.size).toBe(0)
    expect(known.size).toBe(50)
  })

  test('show the first twenty rejected lines of the file, and count the rest', async () => {
    const { url } = await startServer()
    const { totals } = await run(url, [
      ...Array(30).fill('oops'),
      ...events(5, () => ({ subject: 'retired-app' })),
    ])
    expect(totals.rejectedShown.map((line) => line.number)).toEqual(
      Array.from({ length: 20 }, (_, index) => index + 1),
    )
    const text = summary(totals).join('\n')
    expect(text).toContain('… and 15 more')
    expect(text).toContain('by reason: MALFORMED_LINE 30, UNKNOWN_APP 5')
  })
})

describe('the lines', () => {
  test('are sent as they are written, byte for byte', async () => {
    const { url, batches } = await startServer()
    await run(url, [anEvent('a', { time: '2026-10-01T09:00:00.123+09:00', note: 'ünï' })])
    expect(batches[0]?.events[0]).toMatchObject({ time: '2026-10-01T09:00:00.123+09:00', note: 'ünï' })
  })

  test('are sent in batches within the chosen size and concurrency', async () => {
    const { url, batches, underWayMax } = await startServer()
    await run(
      url,
      events(500, (index) => ({ subject: `app-${index % 20}` })),
      { batch: 10, concurrency: 3 },
    )
    expect(Math.max(...batches.map((batch) => batch.events.length))).toBe(10)
    expect(underWayMax()).toBeGreaterThan(1)
    expect(underWayMax()).toBeLessThanOrEqual(3)
  })

  test('arrive in the order of the file for each app', async () => {
    const { url, batches } = await startServer()
    await run(
      url,
      events(400, (index) => ({ subject: `app-${index % 7}` })),
      { batch: 9 },
    )
    const arrived = new Map<string, number[]>()
    for (const event of batches.flatMap((batch) => batch.events)) {
      arrived.set(event.subject, [...(arrived.get(event.subject) ?? []), Number(event.id.slice(1))])
    }
    for (const order of arrived.values())
      expect(order).toEqual([...order].sort((left, right) => left - right))
  })

  test('fill requests of less than a megabyte', async () => {
    const { url, batches } = await startServer()
    const { totals } = await run(
      url,
      events(100, () => ({ note: 'x'.repeat(30_000) })),
    )
    expect(totals.recorded).toBe(100)
    expect(Math.max(...batches.map((batch) => JSON.stringify(batch.events).length))).toBeLessThan(1_000_000)
  })
})

describe('a sample', () => {
  const now = '2027-02-03T04:05:59.500Z'
  const sample = [
    anEvent('first', { sampleanchor: '2026-11-01T00:00:00Z' }),
    anEvent('last', { time: '2026-10-31T23:59:59Z' }),
  ]

  test("is moved so that it ends with the server's current minute, ids unchanged", async () => {
    const { url, batches } = await startServer({ now })
    await run(url, [...sample, anEvent('odd', { time: 'yesterday' })])
    const sent = batches.flatMap((batch) => batch.events)
    expect(sent.map((event) => [event.id, event.time])).toEqual([
      ['first', '2027-01-03T04:05:00Z'],
      ['last', '2027-02-03T04:04:59Z'],
      ['odd', 'yesterday'],
    ])
    expect(sent[0]).not.toHaveProperty('sampleanchor')
  })

  test('is sent unchanged with the option for it', async () => {
    const { url, batches } = await startServer({ now })
    const { shiftMs } = await run(url, sample, { asIs: true })
    expect(shiftMs).toBe(0)
    expect(batches[0]?.events.map((event) => event.time)).toEqual([
      '2026-10-01T00:00:00Z',
      '2026-10-31T23:59:59Z',
    ])
  })

  test('counts as the same events in a later run', async () => {
    const { url } = await startServer({ now })
    await run(url, sample, { asIs: true })
    expect((await run(url, sample)).totals).toMatchObject({ recorded: 0, duplicate: 2 })
  })
})

describe('after a failure', () => {
  test('429, 5xx and a cut line are retried', async () => {
    const faults = [{ status: 503, retryAfter: '0' }, { status: 429 }, 'cut', { status: 500 }] as const
    const { url, batches } = await startServer({ fault: (_, number) => faults[number - 1] })
    const { totals } = await run(url, events(10), { triesMax: 5 })
    expect(totals).toMatchObject({ recorded: 10, undelivered: 0, resentBatches: 1 })
    expect(batches).toHaveLength(5)
  })

  test('the client waits at least as long as Retry-After says, up to a minute', () => {
    const busy = (retryAfter: string) =>
      new Response('', { status: 503, headers: { 'retry-after': retryAfter } })
    expect(pauseMs(busy('42'), 150, 1)).toBeGreaterThanOrEqual(42_000)
    expect(pauseMs(busy('3600'), 150, 1)).toBeLessThanOrEqual(61_000)
    expect(pauseMs(busy('0'), 150, 1)).toBeLessThanOrEqual(150)
  })

  test('the lines of a busy team are sent again, and each counts as its last answer', async () => {
    const busy = { status: 'rejected', problem: { code: 'BUSY', title: 'Busy' } }
    const fault = ({ events }: SentBatch, number: number) =>
      number === 1
        ? {
            status: 200,
            body: { results: events.map((_, index) => (index < 2 ? busy : { status: 'recorded' })) },
          }
        : undefined
    const { url, batches } = await startServer({ fault })
    const { totals } = await run(url, events(5))
    expect(totals).toMatchObject({ recorded: 5, duplicate: 0, rejected: 0, undelivered: 0 })
    expect(batches.map((batch) => batch.events.map(({ id }) => id))).toEqual([
      ['e0', 'e1', 'e2', 'e3', 'e4'],
      ['e0', 'e1'],
    ])
  })

  test('a team that stays busy to the last try is reported as rejected', async () => {
    const busy = { status: 'rejected', problem: { code: 'BUSY', title: 'Busy' } }
    const fault = ({ events }: SentBatch) => ({ status: 200, body: { results: events.map(() => busy) } })
    const { url, batches } = await startServer({ fault })
    const { totals } = await run(url, events(2))
    expect([totals.rejected, batches.length]).toEqual([2, 4])
  })

  test('a starting server is retried, and an address where nothing listens is not', async () => {
    const { url } = await startServer({ notYet: 2 })
    await replayClient({ url, firstPauseMs: 1 }).connect()
    const slow = await startServer({ notYet: 9 })
    const impatient = replayClient({ url: slow.url, triesMax: 3, firstPauseMs: 1 })
    await expect(impatient.connect()).rejects.toThrow('no token was given (HTTP 503')
    await expect(replayClient({ url: 'http://127.0.0.1:9' }).connect()).rejects.toThrow()
  })

  test('an expired token of the local issuer is replaced, and a given token is not', async () => {
    const fault = ({ token }: { token: string }) => (token === 'Bearer token-1' ? { status: 401 } : undefined)
    const { url } = await startServer({ fault })
    expect((await run(url, events(3))).totals.recorded).toBe(3)
    const given = await run(url, events(3), { token: 'token-1' })
    expect(given.totals).toMatchObject({ recorded: 0, undelivered: 3 })
    expect(given.failure).toContain('401')
  })

  test('nothing more is sent after an undelivered batch, and all missing lines are counted', async () => {
    const { url, batches } = await startServer({
      fault: (_, number) => (number > 2 ? { status: 503 } : undefined),
    })
    const { totals, failure } = await run(url, events(100), { batch: 10, triesMax: 3 })
    expect(totals).toMatchObject({ recorded: 20, undelivered: 80, undeliveredFirst: 21 })
    expect(failure).toContain('503')
    expect(batches).toHaveLength(5)
  })

  test('a line that makes its whole batch unreadable is rejected alone', async () => {
    const isDeep = (event: object) => 'deep' in event
    const problem = { status: 400, body: { code: 'BAD_REQUEST', detail: 'Too deep' } }
    const { url } = await startServer({
      fault: ({ events: sent }) => (sent.some(isDeep) ? problem : undefined),
    })
    const lines = events(50, (index) => (index === 33 ? { deep: 1 } : {}))
    const { totals } = await run(url, lines)
    expect(totals).toMatchObject({ recorded: 49, rejected: 1, undelivered: 0 })
    expect(totals.rejectedShown).toEqual([{ number: 34, code: 'BAD_REQUEST', reason: 'Too deep' }])
  })

  test('a rejected event is shown with its wrong fields', async () => {
    const errors = [
      { pointer: '/data/quantity', message: 'must be at least 1' },
      { pointer: '/time', message: 'is required' },
    ]
    const body = {
      results: [{ status: 'rejected', problem: { code: 'BAD_EVENT', detail: 'See errors', errors } }],
    }
    const { url } = await startServer({ fault: () => ({ status: 200, body }) })
    const { totals } = await run(url, events(1))
    expect(totals.rejectedShown[0]?.reason).toBe('/data/quantity must be at least 1; /time is required')
  })

  test('control characters in a reason do not reach the terminal', async () => {
    const body = { results: [{ status: 'rejected', problem: { code: 'X', detail: 'a\u001b[31mb\nc' } }] }
    const { url } = await startServer({ fault: () => ({ status: 200, body }) })
    const { totals } = await run(url, events(1))
    expect(summary(totals).join('\n')).toContain('line 1  X: a [31mb c')
  })
})

describe('the command', () => {
  test('reads standard input, prints the totals and exits with 0', async () => {
    const { url } = await startServer()
    const { code, out } = await command(['-', '--url', url], events(12).join('\n'))
    expect(out).toMatch(/recorded {3}12\nduplicate {2}0\nrejected {3}0\n/)
    expect(out).toMatch(/flex\s+12\s+6\s+-/)
    expect(code).toBe(0)
  })

  test('calls the port that PORT names, as npm start listens there', async () => {
    const { url } = await startServer()
    const { code, out } = await command(['-'], anEvent('a'), { PORT: new URL(url).port })
    expect(out).toContain(`standard input → ${url}\n`)
    expect(code).toBe(0)
  })

  test('explains rejected lines, and that a sample has them on purpose', async () => {
    const { url } = await startServer()
    const plain = await command(['-', '--url', url], `${anEvent('a')}\n{"cut`)
    expect(plain.out).toContain('A rejected line is not recorded and costs nothing.')
    expect(plain.out).not.toContain('on purpose')
    const sample = await command(
      ['-', '--url', url, '--as-is'],
      `${anEvent('a', { sampleanchor: '2026-10-31T00:00:00Z' })}\n{"cut`,
    )
    expect(sample.out).toContain('A sample has wrong lines on purpose')
  })

  test('reports that nothing answers, and exits with 1', async () => {
    const { code, err } = await command(['-', '--url', 'http://127.0.0.1:9'], anEvent('a'))
    expect(err).toMatch(/^http:\/\/127\.0\.0\.1:9: .*npm start/)
    expect(code).toBe(1)
  })

  test.each([
    ['--batch', '0'],
    ['--batch', '1001'],
    ['--concurrency', 'x'],
    ['--url', 'ftp://x'],
    ['--nope'],
    ['a', 'b'],
  ])('explains a wrong option: %s %s', async (...options) => {
    const { code, err } = await command(options, '')
    expect(err.trim().split('\n')).toHaveLength(1)
    expect(code).toBe(2)
  })
})

function command(
  options: string[],
  input: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, ['tools/replay/replay.ts', ...options], {
    stdio: 'pipe',
    env: { ...process.env, ...settings },
  })
  let [out, err] = ['', '']
  child.stdout.on('data', (chunk) => {
    out += chunk
  })
  child.stderr.on('data', (chunk) => {
    err += chunk
  })
  // A command that stops early does not read its input.
  child.stdin.on('error', () => {})
  child.stdin.end(input)
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, err })))
}
