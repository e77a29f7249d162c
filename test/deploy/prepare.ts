import { CannotDeploy, emulatorPython } from './emulator-packages.ts'

// Before the tests, so that what this machine lacks is one line and not a failed test.
try {
  emulatorPython()
} catch (cause) {
  if (!(cause instanceof CannotDeploy)) throw cause
  console.error(cause.message)
  process.exitCode = 1
}
