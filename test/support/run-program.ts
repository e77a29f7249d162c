import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'

export interface Ran {
  /** The exit code; null after a signal or the time limit. */
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  readonly cwd?: string
  readonly environment?: Readonly<Record<string, string>>
  /** Default: no limit. */
  readonly timeoutMilliseconds?: number
}

/** Runs a program to its end without blocking this process. Rejects when it cannot be started. */
export async function runProgram(
  [command = '', ...args]: readonly string[],
  { cwd, environment = {}, timeoutMilliseconds }: RunOptions = {},
): Promise<Ran> {
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: timeoutMilliseconds,
  })
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  const [code, stdout, stderr] = await Promise.all([ended, text(child.stdout), text(child.stderr)])
  return { code, stdout, stderr }
}
