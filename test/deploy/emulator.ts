import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { freePort } from '../support/child-runtime.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { emulatorPython } from './emulator-packages.ts'

/** Folder of its log, which includes the functions' output and stays until the next start. */
const logFolder = fileURLToPath(new URL('../../dist/test-deploy', import.meta.url))
const readyMillisecondsMax = 240_000

export interface Emulator {
  readonly url: string
  readonly port: number
  /** Variables with which the AWS SDK and the CDK's command line find it. */
  readonly environment: Readonly<Record<string, string>>
  stop(): Promise<void>
}

// The processes of its functions are in its process group, so they all end with it, even if this process is killed.
const untilOrphaned = `
import os, runpy, signal, sys, threading
def wait():
    sys.stdin.read()
    os.killpg(0, signal.SIGKILL)
threading.Thread(target=wait, daemon=True).start()
sys.argv = ['ministack']
runpy.run_module('ministack', run_name='__main__')
`

/** Starts an AWS emulator that is not ours, on loopback, with nothing in it. */
export async function startEmulator(): Promise<Emulator> {
  const python = emulatorPython()
  const port = await freePort()
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'tmp'))
  mkdirSync(logFolder, { recursive: true })
  const child = spawn(python, ['-c', untilOrphaned], {
    cwd: folder,
    detached: true,
    env: {
      // Functions run on the Node that this process runs on.
      PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
      HOME: folder,
      TMPDIR: join(folder, 'tmp'),
      GATEWAY_PORT: String(port),
      BIND_HOST: '127.0.0.1',
      IOT_MTLS_ENABLED: '0',
      // As on AWS: no token when the function that adds claims to it fails.
      MINISTACK_COGNITO_PRETOKEN_STRICT: '1',
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const log = createWriteStream(join(logFolder, 'emulator.log'))
  child.stdout.pipe(log, { end: false })
  child.stderr.pipe(log, { end: false })
  const ended = once(child, 'exit')
  const url = `http://127.0.0.1:${port}`
  await waitUntilReady(url, () => child.exitCode !== null)
  return {
    url,
    port,
    environment: {
      AWS_ENDPOINT_URL: url,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_EC2_METADATA_DISABLED: 'true',
    },
    stop: async () => {
      child.stdin.end()
      await ended
      log.end()
    },
  }
}

/** Options of a client of the AWS SDK that reaches it. */
export const clientOptions = ({ url }: Emulator) => ({
  endpoint: url,
  region: 'us-east-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
})

/** Headers of a call for which there is no client among our packages. The emulator checks no signature. */
export const signedFor = (service: string) => ({
  authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=none`,
})

async function waitUntilReady(url: string, hasEnded: () => boolean): Promise<void> {
  for (let waited = 0; waited < readyMillisecondsMax; waited += 100) {
    if (hasEnded()) throw new Error('the emulator ended at its start')
    const answer = await fetch(`${url}/_localstack/health`).catch(() => undefined)
    if (answer?.ok) return
    await sleep(100)
  }
  throw new Error('the emulator is not ready after four minutes')
}
