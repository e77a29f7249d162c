import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { freePort } from '../support/child-runtime.ts'
import { installOnce, MissingPackages, runInstaller } from '../support/package-cache.ts'

const pom = fileURLToPath(new URL('dynamodb-local.pom.xml', import.meta.url))
const readyMillisecondsMax = 60_000

/** The folder with the engine's archives, or the reason why this machine has none. */
export type Archives = { readonly folder: string } | { readonly missing: string }

/** Finds Amazon's DynamoDB Local and the packages that it needs, downloaded at the first use. Needs Java and Maven. */
export async function findArchives(): Promise<Archives> {
  for (const command of ['java', 'mvn'])
    if (spawnSync(command, ['-version']).status !== 0) return { missing: `${command} is not on this machine` }
  try {
    return { folder: await installOnce('dynamodb-local', pom, download) }
  } catch (cause) {
    if (cause instanceof MissingPackages) return { missing: cause.message }
    throw cause
  }
}

function download(folder: string): Promise<void> {
  const copy = ['dependency:copy-dependencies', `-DoutputDirectory=${folder}`]
  return runInstaller(['mvn', '-q', '-B', '-f', pom, ...copy], 'npm run test:long')
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
