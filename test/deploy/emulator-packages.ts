import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const requirements = fileURLToPath(new URL('requirements.txt', import.meta.url))
const cache = fileURLToPath(new URL('../../node_modules/.cache/tollgate', import.meta.url))
const installMillisecondsMax = 240_000
const leastMinor = 10

/** What this machine lacks for a deploy to the emulator, in one line. */
export class CannotDeploy extends Error {
  override readonly name = 'CannotDeploy'
}

/**
 * The Python that has the emulator: a virtual environment of the versions in `requirements.txt`, made at the first use and
 * kept beside the other packages. Throws `CannotDeploy` where there is no Python, or no package.
 */
export function emulatorPython(): string {
  const versions = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12)
  const folder = join(cache, `emulator-${versions}`)
  const python = join(folder, 'bin', 'python')
  // Written last: what was broken off in the middle is made again.
  const mark = join(folder, 'complete')
  if (existsSync(mark)) return python
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(cache, { recursive: true })
  run(findPython(), ['-m', 'venv', folder], 'a virtual environment could not be made')
  const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements]
  run(python, install, 'the emulator (ministack) could not be installed')
  writeFileSync(mark, '')
  return python
}

function findPython(): string {
  const version = 'import sys; print(*sys.version_info[:2])'
  for (const name of [
    'python3',
    'python',
    'python3.14',
    'python3.13',
    'python3.12',
    'python3.11',
    'python3.10',
  ]) {
    const { stdout } = spawnSync(name, ['-c', version], { encoding: 'utf8' })
    const [major = 0, minor = 0] = (stdout ?? '').split(' ').map(Number)
    if (major === 3 && minor >= leastMinor) return name
  }
  throw new CannotDeploy(
    `npm run test:deploy needs Python 3.${leastMinor} or later (with venv and pip) to run an AWS emulator, and found none.`,
  )
}

function run(command: string, args: readonly string[], failure: string): void {
  const { status, stderr } = spawnSync(command, args, { encoding: 'utf8', timeout: installMillisecondsMax })
  if (status === 0) return
  const reason = (stderr ?? '').trim().split('\n').at(-1) ?? ''
  throw new CannotDeploy(`npm run test:deploy: ${failure}: ${reason || 'no answer in time'}`)
}
