import { MissingPackages } from '../support/package-cache.ts'
import { emulatorPython } from './emulator-packages.ts'

// Before the tests, so that what this machine lacks is one line and not a failed test.
try {
  await emulatorPython()
} catch (cause) {
  if (!(cause instanceof MissingPackages)) throw cause
  console.error(cause.message)
  process.exitCode = 1
}
