import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { engineAt } from '../../audit/data-folder/engine-call.ts'
import type { Runtime, RuntimeOptions } from '../../local/runtime.ts'
import { makeAssembly } from './assembly-fixture.ts'
import { newDataDir, send, setClock, startFixture } from './runtime-fixture.ts'

const assembly = makeAssembly()
let runtime: Runtime | undefined
afterEach(() => runtime?.stop())

async function start(options: Partial<RuntimeOptions> = {}): Promise<string> {
  runtime = await startFixture(assembly.folder, options)
  return runtime.url
}
const shown = async (url: string) => (await send(`${url}/local/clock`)).body
const seenByFunction = async (url: string) => (await send(`${url}/v1/openapi.json`)).body

test('the clock shows real time until it is set', async () => {
  const url = await start()
  const { now, standing } = await shown(url)
  expect(Math.abs(Date.parse(now) - Date.now())).toBeLessThan(60_000)
  expect(standing).toBe(false)
  expect(Math.abs((await seenByFunction(url)).now - Date.now())).toBeLessThan(60_000)
})

test('functions see the test clock in every way of reading the time', async () => {
  const url = await start({ clockStart: '2027-03-01T00:00:00Z' })
  const { now, dates } = await seenByFunction(url)
  expect(now).toBe(Date.parse('2027-03-01T00:00:00Z'))
  expect(dates).toEqual([now, true, true])
  await sleep(20)
  expect((await seenByFunction(url)).now).toBe(now)
})

test('every answer has the test clock as its date, in whole seconds', async () => {
  const url = await start({ clockStart: '2027-03-01T00:00:00.900Z' })
  const dateOf = async (path: string) => (await fetch(`${url}${path}`)).headers.get('date')
  const paths = ['/v1/openapi.json', '/v1/me', '/v1/nothing', '/local/clock']
  for (const path of paths) expect(await dateOf(path)).toBe('Mon, 01 Mar 2027 00:00:00 GMT')
  await setClock(url, '2027-03-31T23:59:59.999Z')
  expect(await dateOf('/v1/openapi.json')).toBe('Wed, 31 Mar 2027 23:59:59 GMT')
})

test('the date of an answer is the real one while the clock is not set', async () => {
  const url = await start()
  const { headers } = await fetch(`${url}/v1/openapi.json`)
  expect(Math.abs(Date.parse(headers.get('date') ?? '') - Date.now())).toBeLessThan(60_000)
})

test('the clock only moves forward, and keeps its time across a restart', async () => {
  const dataDir = newDataDir()
  const url = await start({ dataDir, clockStart: '2027-03-01T00:00:00Z' })
  expect((await setClock(url, '2027-03-02T09:00:00+09:00')).body.now).toBe('2027-03-02T00:00:00.000Z')
  const back = await setClock(url, '2027-03-01T00:00:00Z')
  expect(back.status).toBe(409)
  expect(back.body).toMatchObject({ code: 'CLOCK_ONLY_FORWARD' })
  await runtime?.stop()
  const again = await start({ dataDir, clockStart: '2027-01-01T00:00:00Z' })
  expect(await shown(again)).toEqual({ now: '2027-03-02T00:00:00.000Z', standing: true })
})

test.each([undefined, null, 5, 'tomorrow', '2027-02-30T00:00:00Z', '2027-13-01T00:00:00Z', '2027-03-01'])(
  'the clock cannot be set to %j',
  async (now) => {
    const url = await start()
    expect((await setClock(url, now)).status).toBe(400)
  },
)

test('a jump over many midnights sweeps within the first hour and at the new time, before the answer', async () => {
  const before = assembly.calls().length
  const url = await start({ clockStart: '2027-03-01T00:00:00Z' })
  await setClock(url, '2027-03-01T00:04:59Z')
  expect(assembly.calls().slice(before)).toEqual([])
  await setClock(url, '2027-03-20T00:00:00Z')
  const sweepsAt = (at: string) =>
    [0, 4, 8, 12].map((from) => ({
      event: { shards: [from, from + 1, from + 2, from + 3] },
      at: Date.parse(at),
    }))
  expect(assembly.calls().slice(before)).toEqual([
    ...sweepsAt('2027-03-01T01:04:59Z'),
    ...sweepsAt('2027-03-20T00:00:00Z'),
  ])
})

const put = (endpoint: string, item: object) =>
  engineAt(endpoint)('DynamoDB_20120810', 'PutItem', { TableName: 'TableCD117FA1', Item: item })
const account = (team: string, more: object = {}) => ({
  pk: { S: `TEAM#${team}` },
  sk: { S: 'ACCOUNT' },
  ...more,
})
const teamsOf = (from: number) =>
  assembly
    .calls()
    .slice(from)
    .map(({ event }) => JSON.stringify(event.Records).match(/TEAM#\w+/g))

test('moving the clock waits until the stream has delivered every account record, and no other', async () => {
  const before = assembly.calls().length
  const url = await start({ clockStart: '2027-03-01T00:05:00Z' })
  const endpoint = runtime?.endpoint ?? ''
  await put(endpoint, { pk: { S: 'TEAM#a' }, sk: { S: 'PROFILE' } })
  await put(endpoint, account('a'))
  await put(endpoint, account('b'))
  await setClock(url, '2027-03-01T00:06:00Z')
  expect(new Set(teamsOf(before).flat().flat())).toEqual(new Set(['TEAM#a', 'TEAM#b']))
})

test('a restart continues at the same place in the stream', async () => {
  const dataDir = newDataDir()
  await start({ dataDir, clockStart: '2027-03-01T00:05:00Z' })
  await put(runtime?.endpoint ?? '', account('c'))
  await setClock(runtime?.url ?? '', '2027-03-01T00:06:00Z')
  const before = assembly.calls().length
  await runtime?.stop()
  await start({ dataDir })
  await put(runtime?.endpoint ?? '', account('d'))
  await setClock(runtime?.url ?? '', '2027-03-01T00:07:00Z')
  expect(new Set(teamsOf(before).flat().flat())).toEqual(new Set(['TEAM#d']))
})
