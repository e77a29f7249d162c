import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CannotInstall, type PythonPackages, pythonPrograms } from '../../bin/python-packages.ts'

/** Requirements of a deploy to the emulator that this machine lacks, in one line. */
export { CannotInstall as CannotDeploy }

const emulator: PythonPackages = {
  name: 'emulator',
  requirements: fileURLToPath(new URL('requirements.txt', import.meta.url)),
  command: 'npm run test:deploy',
  purpose: 'run an AWS emulator',
}

/**
 * The Python that has the emulator: a virtual environment of the versions in `requirements.txt`. Throws `CannotDeploy` where
 * there is no Python, or no package.
 */
export function emulatorPython(): string {
  return join(pythonPrograms(emulator), 'python')
}
