import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import * as v from 'valibot'
import { CannotStart } from './cannot-start.ts'
import { engineAt } from './engine-call.ts'
import { databaseFileOf, ensureFormat } from './format.ts'
import { hiddenHost } from './hidden-host.ts'
import { readJson, writeJson } from './json-file.ts'
import { spawnWatched } from './watched-process.ts'

const readyMillisecondsMax = 10_000

const Running = v.object({ pid: v.number(), endpoint: v.string() })

export interface Engine {
  /** `http://127.x.y.z:<port>`, at random. */
  readonly endpoint: string
  /** Absent for an external engine. */
  readonly databaseFile?: string
  /** Resolves with a reason if the engine ends unexpectedly; never rejects. */
  readonly lost: Promise<string>
  stop(): Promise<void>
}

/** An engine that this process does not start or stop. */
export function externalEngine(endpoint: string): Engine {
  return { endpoint, lost: new Promise(() => {}), stop: async () => {} }
}

/**
 * Starts the embedded engine on the data folder's database. The caller holds the folder's lock. It first ends
 * an engine that a killed runtime left behind. Throws `CannotStart` when the data has another format or the
 * engine does not start.
 */
export async function startEngine(dataDir: string): Promise<Engine> {
  ensureFormat(dataDir)
  const databaseFile = databaseFileOf(dataDir)
  const runningFile = join(dataDir, 'engine.json')
  await endLeftOver(runningFile, databaseFile)
  const host = hiddenHost()
  const port = await freePort(host)
  const child = spawnWatched([binary(), '--host', host, '--port', String(port), '--db-path', databaseFile], {
    signal: 'KILL',
  })
  const exited = once(child, 'exit')
  const endpoint = `http://${host}:${port}`
  await untilReady(endpoint, child)
  writeJson(runningFile, { pid: child.pid, endpoint })
  let isStopping = false
  const lost = new Promise<string>((tell) => {
    child.on('exit', (code, signal) => isStopping || tell(`The engine ended (${signal ?? code}).`))
  })
  return {
    endpoint,
    databaseFile,
    lost,
    async stop() {
      isStopping = true
      child.kill('SIGTERM')
      await exited
      rmSync(runningFile, { force: true })
    },
  }
}

function binary(): string {
  return fileURLToPath(new URL('../../node_modules/@dynoxide/linux-x64/dynoxide', import.meta.url))
}

async function untilReady(endpoint: string, child: ChildProcess): Promise<void> {
  const call = engineAt(endpoint)
  for (let waited = 0; waited < readyMillisecondsMax && child.exitCode === null; waited += 10) {
    const isUp = await call('DynamoDB_20120810', 'ListTables', {}).then(
      () => true,
      () => false,
    )
    if (isUp) return
    await sleep(10)
  }
  child.kill('SIGKILL')
  throw new CannotStart(`The engine did not come up on ${endpoint} (exit code ${child.exitCode}).`)
}

async function endLeftOver(runningFile: string, databaseFile: string): Promise<void> {
  const saved = readJson(runningFile)
  if (saved === undefined) return
  const { pid } = v.parse(Running, saved)
  for (let attempt = 0; isEngine(pid, databaseFile) && attempt < 100; attempt += 1) {
    process.kill(pid, 'SIGKILL')
    await sleep(20)
  }
  rmSync(runningFile, { force: true })
}

/** Checks that the process is still the engine of this database: its process id may have been reused. */
function isEngine(pid: number, databaseFile: string): boolean {
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
    return words[0]?.endsWith('dynoxide') === true && words.includes(databaseFile)
  } catch {
    return false
  }
}

async function freePort(host: string): Promise<number> {
  const server = createServer().listen(0, host)
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (address === null || typeof address === 'string') throw new Error('No port is free')
  return address.port
}
