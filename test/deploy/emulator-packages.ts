import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pythonWith } from '../support/python-packages.ts'

/** The Python that has the emulator. Throws `MissingPackages` where there is no Python, or no package. */
export async function emulatorPython(): Promise<string> {
  const programs = await pythonWith({
    name: 'emulator',
    requirements: fileURLToPath(new URL('requirements.txt', import.meta.url)),
    script: 'npm run test:deploy',
    purpose: 'to run an AWS emulator',
  })
  return join(programs, 'python')
}
