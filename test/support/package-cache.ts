import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runProgram } from './run-program.ts'

const cache = fileURLToPath(new URL('../../node_modules/.cache/tollgate', import.meta.url))
const installMillisecondsMax = 240_000

/** This machine lacks the tools for some tests. The message is one line. */
export class MissingPackages extends Error {
  override readonly name = 'MissingPackages'
}

/**
 * Returns a folder with the packages of a list of versions. The first use fills it; it is stored with the
 * other packages.
 */
export async function installOnce(
  name: string,
  versionsFile: string,
  install: (folder: string) => Promise<void>,
): Promise<string> {
  const hash = createHash('sha256').update(readFileSync(versionsFile)).digest('hex').slice(0, 12)
  const folder = join(cache, `${name}-${hash}`)
  // The mark is written last, so an interrupted installation is repeated.
  const mark = join(folder, 'complete')
  if (existsSync(mark)) return folder
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  await install(folder)
  writeFileSync(mark, '')
  return folder
}

/** Runs one step of an installation. Throws `MissingPackages` with the last line of its errors. */
export async function runInstaller(command: readonly string[], script: string, cwd?: string): Promise<void> {
  // npm runs on the same Node as this process.
  const environment = { PATH: `${dirname(process.execPath)}:${process.env.PATH}` }
  const options = { cwd, environment, timeoutMilliseconds: installMillisecondsMax }
  const { code, stderr } = await runProgram(command, options)
  if (code === 0) return
  const reason = stderr.trim().split('\n').at(-1) || 'no answer in time'
  throw new MissingPackages(`${script}: ${command.slice(0, 4).join(' ')} failed: ${reason}`)
}
