import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { LocalApp } from './local-app.ts'
import { temporaryFolder } from './temporary-folder.ts'

const program = fileURLToPath(new URL('../../examples/model-service.ts', import.meta.url))

export interface ExampleService {
  readonly url: string
  /** Ends it as an operator would. Resolves with its exit code and output. */
  stop(): Promise<{ readonly code: number | null; readonly output: string }>
}

/** The example service as a separate process, with a token of a local runtime. */
export async function startExample(app: LocalApp): Promise<ExampleService> {
  const { token } = await app.call('local', 'POST', '/local/tokens', { scopes: ['aps:meter'] })
  const tokenFile = join(temporaryFolder(), 'token')
  writeFileSync(tokenFile, `${token}\n`)
  const child = spawn(process.execPath, [program], {
    env: { PATH: process.env.PATH, PORT: '0', TOLLGATE_URL: app.runtime.url, TOLLGATE_TOKEN_FILE: tokenFile },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const url = await new Promise<string>((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      output += chunk
      const found = /Listening on (\S+)/.exec(output)?.[1]
      if (found !== undefined) resolve(found)
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.once('exit', () => reject(new Error(`the service ended:\n${output}`)))
  })
  return { url, stop: async () => ({ code: await end(child), output }) }
}

async function end(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null) return child.exitCode
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  await gone
  return child.exitCode
}
