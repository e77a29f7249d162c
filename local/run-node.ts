import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { CannotStart } from '../audit/data-folder/cannot-start.ts'
import { root } from './sources.ts'

/**
 * Runs a program of the project until it exits. Throws `CannotStart` with the program's output when it fails.
 */
export async function runNode(
  failure: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<void> {
  const child = spawn(process.execPath, [...args], {
    cwd: root,
    env: { ...process.env, NODE_OPTIONS: '', ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const words: Buffer[] = []
  child.stderr.on('data', (chunk: Buffer) => words.push(chunk))
  const [code] = await once(child, 'close')
  if (code !== 0) throw new CannotStart(`${failure}:\n${Buffer.concat(words).toString().slice(-4_000)}`)
}
