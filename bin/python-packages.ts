import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const cache = fileURLToPath(new URL('../node_modules/.cache/tollgate', import.meta.url))
const installMillisecondsMax = 240_000
const leastMinor = 10

/**
 * The machine lacks Python, or the registry lacks a package. The message is one line for the person who runs
 * the command.
 */
export class CannotInstall extends Error {
  override readonly name = 'CannotInstall'
}

export interface PythonPackages {
  /** A part of the folder's name in the cache. */
  readonly name: string
  /** Path of a file with the exact version of every package. */
  readonly requirements: string
  /** The command that needs the packages, and their purpose, for error messages. */
  readonly command: string
  readonly purpose: string
  /** The only minor version of Python 3 that the packages run on. Absent: any from 3.10. */
  readonly onlyMinor?: number
}

/**
 * Returns the folder of programs in a virtual environment with these packages. The first use creates it, next
 * to the npm packages. Throws `CannotInstall` if Python or a package is not available.
 */
export function pythonPrograms(packages: PythonPackages): string {
  const { folder, mark } = placeOf(packages)
  const programs = join(folder, 'bin')
  if (existsSync(mark)) return programs
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(cache, { recursive: true })
  run(packages, findPython(packages), ['-m', 'venv', folder], 'a virtual environment could not be made')
  const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check']
  const args = [...install, '-r', packages.requirements]
  run(packages, join(programs, 'python'), args, `${packages.name} could not be installed`)
  writeFileSync(mark, '')
  return programs
}

/** Returns true if the packages are installed, so nothing must be downloaded. */
export function isInstalled(packages: PythonPackages): boolean {
  return existsSync(placeOf(packages).mark)
}

/** The mark is written last, so an interrupted installation is repeated. */
function placeOf({ name, requirements }: PythonPackages) {
  const versions = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12)
  const folder = join(cache, `${name}-${versions}`)
  return { folder, mark: join(folder, 'complete') }
}

function findPython({ command, purpose, onlyMinor }: PythonPackages): string {
  const version = 'import sys; print(*sys.version_info[:2])'
  const names = ['python3', 'python', ...[14, 13, 12, 11, 10].map((minor) => `python3.${minor}`)]
  for (const name of names) {
    const { stdout } = spawnSync(name, ['-c', version], { encoding: 'utf8' })
    const [major = 0, minor = 0] = (stdout ?? '').split(' ').map(Number)
    const isMeant = onlyMinor === undefined ? minor >= leastMinor : minor === onlyMinor
    if (major === 3 && isMeant) return name
  }
  const versions = onlyMinor === undefined ? `3.${leastMinor} or later` : `3.${onlyMinor}`
  throw new CannotInstall(
    `${command} needs Python ${versions} (with venv and pip) to ${purpose}, and found none.`,
  )
}

function run({ command }: PythonPackages, program: string, args: readonly string[], failure: string): void {
  const { status, stderr } = spawnSync(program, args, { encoding: 'utf8', timeout: installMillisecondsMax })
  if (status === 0) return
  const reason = (stderr ?? '').trim().split('\n').at(-1) ?? ''
  throw new CannotInstall(`${command}: ${failure}: ${reason || 'no answer in time'}`)
}
