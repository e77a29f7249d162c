import { join } from 'node:path'
import { installOnce, MissingPackages, runInstaller } from './package-cache.ts'
import { runProgram } from './run-program.ts'

const leastMinor = 10
const names = ['python3', 'python', 'python3.14', 'python3.13', 'python3.12', 'python3.11', 'python3.10']

export interface PythonPackages {
  /** Names the folder in the cache. */
  readonly name: string
  /** A file of exact versions, as pip reads it. */
  readonly requirements: string
  /** The npm script that needs the packages. */
  readonly script: string
  /** The end of "needs Python …", such as "to run an AWS emulator". */
  readonly purpose: string
}

/**
 * The folder of a virtual environment's programs, `python` among them, with the packages: made at the first use and kept
 * in the cache. Throws `MissingPackages` where there is no Python, or no registry.
 */
export async function pythonWith({ name, requirements, script, purpose }: PythonPackages): Promise<string> {
  const folder = await installOnce(name, requirements, async (target) => {
    const python = await findPython()
    if (python === undefined)
      throw new MissingPackages(
        `${script} needs Python 3.${leastMinor} or later (with venv and pip) ${purpose}, and found none.`,
      )
    await runInstaller([python, '-m', 'venv', target], script)
    const pip = [
      join(target, 'bin', 'python'),
      '-m',
      'pip',
      'install',
      '--quiet',
      '--disable-pip-version-check',
    ]
    await runInstaller([...pip, '-r', requirements], script)
  })
  return join(folder, 'bin')
}

async function findPython(): Promise<string | undefined> {
  const version = 'import sys; print(*sys.version_info[:2])'
  for (const name of names) {
    const ran = await runProgram([name, '-c', version]).catch(() => undefined)
    const [major = 0, minor = 0] = (ran?.stdout ?? '').split(' ').map(Number)
    if (major === 3 && minor >= leastMinor) return name
  }
  return undefined
}
