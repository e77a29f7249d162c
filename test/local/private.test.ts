import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import { createConnection } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Runtime } from '../../local/runtime.ts'
import { Closer } from '../../local/services/closer.ts'
import { openServices } from '../../local/services/services.ts'
import { makeAssembly } from './assembly-fixture.ts'
import { newDataDir, startFixture } from './runtime-fixture.ts'

/* A page in the same browser, and other users of the machine, do not reach what has no key. */

const dataDir = newDataDir()
let runtime: Runtime
beforeAll(async () => {
  runtime = await startFixture(makeAssembly().folder, { dataDir })
})
afterAll(() => runtime.stop())

const hidden = /^http:\/\/127\.\d{1,3}\.\d{1,3}\.\d{1,3}:\d+$/

function isOpen(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host, port })
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}

test('the engine listens on a random address alone, not on 127.0.0.1', async () => {
  expect(runtime.endpoint).toMatch(hidden)
  const { hostname, port } = new URL(runtime.endpoint)
  expect(hostname).not.toBe('127.0.0.1')
  expect(await isOpen(hostname, Number(port))).toBe(true)
  expect(await isOpen('127.0.0.1', Number(port))).toBe(false)
})

test('only the user may read the data folder, and the file that names the engine', () => {
  expect(lstatSync(dataDir).mode & 0o077).toBe(0)
  const files = readdirSync(dataDir, { recursive: true, encoding: 'utf8' })
  expect(files.filter((name) => (lstatSync(join(dataDir, name)).mode & 0o077) !== 0)).toEqual([])
  expect(files).toEqual(expect.arrayContaining(['engine.json', 'tollgate.db', 'schedules.json']))
  expect(JSON.parse(readFileSync(join(dataDir, 'engine.json'), 'utf8'))).toMatchObject({
    endpoint: runtime.endpoint,
  })
})

test('the stand-ins for AWS services are hidden, too, and refuse calls of pages', async () => {
  const closer = new Closer()
  const services = await openServices(closer)
  services.serve({ 'A.Do': async () => ({ done: true }) })
  const call = (headers: Readonly<Record<string, string>>) =>
    fetch(services.url, { method: 'POST', body: '{}', headers: { 'x-amz-target': 'A.Do', ...headers } })
  expect(services.url).toMatch(hidden)
  expect(new URL(services.url).hostname).not.toBe('127.0.0.1')
  expect((await call({})).status).toBe(200)
  expect((await call({ origin: 'https://evil.example' })).status).toBe(400)
  await closer.close()
})
