import { fork } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { CannotStart } from '../../audit/data-folder/cannot-start.ts'

const start = fileURLToPath(new URL('../../local/start.mjs', import.meta.url))

export interface OwnTollgate {
  /** `http://127.0.0.1:<port>`. */
  readonly url: string
  stop(): Promise<void>
}

export interface OwnSettings {
  /** An empty folder. */
  readonly dataDir: string
  /** Initial instant (RFC 3339) of the clock. */
  readonly clockStart: string
  /** Receives each step of starting as a line. */
  readonly tell: (line: string) => void
}

/**
 * Starts a Tollgate without sample data and page, like `npm start`, in a process that ends with this one.
 * Throws `CannotStart` with the process's last output when it does not start.
 */
export async function startOwnTollgate({ dataDir, clockStart, tell }: OwnSettings): Promise<OwnTollgate> {
  const child = fork(start, ['--no-sample', '--no-page'], {
    env: { ...process.env, PORT: '0', DATA_DIR: dataDir, CLOCK_START: clockStart },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const exited = once(child, 'exit')
  const words: string[] = []
  child.stderr?.on('data', (chunk: Buffer) => void words.push(String(chunk)))
  const end = () => child.kill('SIGKILL')
  process.once('exit', end)
  void exited.then(() => process.off('exit', end))
  const url = await firstAddress(child.stdout, tell)
  if (url === undefined) {
    await exited
    throw new CannotStart(words.join('').trim())
  }
  child.stdout?.resume()
  return {
    url,
    async stop() {
      child.kill('SIGTERM')
      await exited
    },
  }
}

/** Returns the address that Tollgate prints once it listens; undefined when the process ends first. */
async function firstAddress(
  output: NodeJS.ReadableStream | null,
  tell: (line: string) => void,
): Promise<string | undefined> {
  if (output === null) return undefined
  for await (const line of createInterface({ input: output })) {
    const [url] = /http:\S+/.exec(line.startsWith('Listening') ? line : '') ?? []
    if (url !== undefined) return url
    tell(line.trim())
  }
  return undefined
}
