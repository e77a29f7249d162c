import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ensureFormat } from '../../audit/data-folder/format.ts'
import { type Runtime, startRuntime } from '../../local/runtime.ts'
import { sampleTry } from '../../local/sample-data.ts'
import { tryLines } from '../../local/welcome.ts'
import { sendPrinted } from '../support/printed-call.ts'
import { newDataDir, send, tokenFrom } from './runtime-fixture.ts'

// Uses the real template, the real bundles and the sample data, like the first start of a newcomer.
const dataDir = newDataDir()
const told: string[] = []
const start = () => startRuntime({ dataDir, port: 0, tell: (line) => told.push(line) })
let runtime: Runtime
beforeAll(async () => {
  // A previous first start was killed while it loaded. This one starts again.
  ensureFormat(dataDir)
  writeFileSync(join(dataDir, 'sample-loading'), '')
  writeFileSync(join(dataDir, 'clock.json'), '{"now":1}')
  runtime = await start()
})
afterAll(() => runtime.stop())

test('a first start loads the sample data, prints its steps, and ends in the present', async () => {
  expect(runtime.hasLoadedSample).toBe(true)
  expect(told[0]).toBe('reading the template and the page')
  expect(told.filter((line) => /failed/.test(line))).toEqual([])
  const { body } = await send(`${runtime.url}/local/clock`)
  expect(body.standing).toBe(false)
  expect(Math.abs(Date.parse(body.now) - Date.now())).toBeLessThan(60_000)
})

test('the three printed lines work: an allowed authorization, its capture, the balance', async () => {
  const answers = []
  for (const line of await tryLines(runtime.url, dataDir))
    if (line.startsWith('curl ')) answers.push(await sendPrinted(line, runtime.url))
  const [authorization, capture, balance] = answers
  expect(authorization).toMatchObject({ decision: 'allow', fundedBy: 'flex' })
  expect(capture).toMatchObject({ used: sampleTry.quantity, status: 'closed' })
  expect(balance).toMatchObject({ plan: 'paid', flex: { lots: expect.any(Array) } })
})

test('a sample team is overdue, for a bill that a wrong use has raised', async () => {
  const token = await tokenFrom(runtime.url, { scopes: ['ops:admin'] })
  const { body } = await send(`${runtime.url}/v1/teams?state=overdue`, { token })
  expect(body.teams).toMatchObject([{ teamId: 'tanager-civil', states: ['overdue'], owedUsdCents: 184_500 }])
  const reversal = { reversalId: 'r1', authorizationId: 'sample-survey-2', reason: 'milliseconds' }
  const taken = await send(`${runtime.url}/v1/teams/tanager-civil/reversals`, {
    method: 'POST',
    token,
    body: JSON.stringify(reversal),
    headers: { 'content-type': 'application/json' },
  })
  expect(taken.status).toBeLessThan(300)
  const after = await send(`${runtime.url}/v1/teams?state=overdue`, { token })
  expect(after.body.teams).toMatchObject([{ owedUsdCents: 4_500 }])
})

test('every printed call fits on a line of the screen, and the address of the page comes last', async () => {
  const lines = await tryLines(runtime.url, dataDir)
  const usual = lines.map((line) => line.replaceAll(dataDir, '.data'))
  expect(usual.filter((line) => line.startsWith('curl '))).toHaveLength(3)
  expect(usual.filter((line) => line.startsWith('curl ') && line.length > 80)).toEqual([])
  expect(usual.at(-1)).toBe(`The developer hub: ${runtime.url}/`)
})

test('a second start keeps the data and loads nothing', async () => {
  const token = await tokenFrom(runtime.url, { scopes: ['hub:read'], team: sampleTry.teamId })
  const balance = async () =>
    (await send(`${runtime.url}/v1/teams/${sampleTry.teamId}/balance`, { token })).body
  const before = await balance()
  await runtime.stop()
  runtime = await start()
  expect(runtime.hasLoadedSample).toBe(false)
  // The usage view may catch up in between.
  const { account, setup } = before.versions
  const versions = { account, setup, usage: expect.any(Number) }
  expect(await balance()).toEqual({ ...before, at: expect.any(String), versions })
})
