import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { freePort } from '../support/child-runtime.ts'

const pom = fileURLToPath(new URL('dynamodb-local.pom.xml', import.meta.url))
const cache = fileURLToPath(new URL('../../node_modules/.cache/tollgate', import.meta.url))
const downloadMillisecondsMax = 240_000
const readyMillisecondsMax = 60_000

/** The folder with the engine's archives, or the reason why this machine has none. */
export type Archives = { readonly folder: string } | { readonly missing: string }

/**
 * Finds Amazon's DynamoDB Local and the packages that it needs, downloads them at the first use, and keeps them with the other
 * packages. Needs Java and Maven.
 */
export function findArchives(): Archives {
  const version = createHash('sha256').update(readFileSync(pom)).digest('hex').slice(0, 12)
  const folder = join(cache, `dynamodb-local-${version}`)
  // Written last: a download that was interrupted is done again.
  const mark = join(folder, 'complete')
  for (const command of ['java', 'mvn']) {
    if (command === 'mvn' && existsSync(mark)) continue
    if (spawnSync(command, ['-version']).status !== 0) return { missing: `${command} is not on this machine` }
  }
  if (existsSync(mark)) return { folder }
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const copy = ['-q', '-B', '-f', pom, 'dependency:copy-dependencies', `-DoutputDirectory=${folder}`]
  const { status } = spawnSync('mvn', copy, { timeout: downloadMillisecondsMax })
  if (status !== 0) return { missing: 'Maven could not download DynamoDB Local' }
  writeFileSync(mark, '')
  return { folder }
}

export interface DynamoDbLocal {
  readonly url: string
  stop(): Promise<void>
}

/** Starts it in memory, with a separate database for each key id and Region, as it does by default. */
export async function startDynamoDbLocal(folder: string): Promise<DynamoDbLocal> {
  const port = await freePort()
  const words = [`-Djava.library.path=${folder}`, '-cp', `${folder}/*`]
  const server = 'com.amazonaws.services.dynamodbv2.local.main.ServerRunner'
  const child = spawn('java', [...words, server, '-inMemory', '-port', String(port)], {
    cwd: folder,
    stdio: 'ignore',
  })
  const url = `http://127.0.0.1:${port}`
  await waitUntilReady(url, child)
  return {
    url,
    stop: async () => {
      const gone = once(child, 'exit')
      child.kill('SIGTERM')
      await gone
    },
  }
}

async function waitUntilReady(url: string, child: ChildProcess): Promise<void> {
  for (let waited = 0; waited < readyMillisecondsMax && child.exitCode === null; waited += 100) {
    // It answers a request without a signature with 400: that is enough to know that it listens.
    if (await fetch(url).catch(() => undefined)) return
    await sleep(100)
  }
  child.kill('SIGKILL')
  throw new Error(`DynamoDB Local is not ready (exit code ${child.exitCode})`)
}
