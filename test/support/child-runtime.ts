import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'

const start = fileURLToPath(new URL('../../local/start.ts', import.meta.url))

/** Tollgate as a separate process, as `npm start` runs it, so that it can be killed. */
export class ChildRuntime {
  readonly url: string
  private readonly environment: Record<string, string | undefined>
  private readonly options: readonly string[]
  private child: ChildProcess | undefined
  private said = ''

  /** `options` are those of `npm start`. */
  constructor(port: number, environment: Readonly<Record<string, string>>, options: readonly string[] = []) {
    this.options = options
    this.url = `http://127.0.0.1:${port}`
    this.environment = { PATH: process.env.PATH, HOME: process.env.HOME, PORT: String(port), ...environment }
  }

  /** Output since the last start. */
  get output(): string {
    return this.said
  }

  /** Resolves when it listens. Rejects with its output when it ends first. */
  async start(): Promise<void> {
    const child = spawn(process.execPath, [start, ...this.options], {
      env: this.environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.child = child
    this.said = ''
    await new Promise<void>((resolve, reject) => {
      const hear = (chunk: Buffer) => {
        this.said += chunk
        if (this.said.includes('Listening on')) resolve()
      }
      child.stdout.on('data', hear)
      child.stderr.on('data', hear)
      child.once('exit', () => reject(new Error(`the runtime ended:\n${this.said}`)))
    })
  }

  /**
   * Ends the process without a chance to clean up (SIGKILL), or like a person would (SIGTERM). Resolves when
   * it has ended.
   */
  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const child = this.child
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill(signal)
    await gone
  }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (address === null || typeof address === 'string') throw new Error('no port is free')
  return address.port
}
