import { copyFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CannotInstall, pythonPrograms as programsOf } from '../../../bin/python-packages.ts'
import { installOnce, MissingPackages, runInstaller } from '../../support/package-cache.ts'
import { type Ran, type RunOptions, runProgram } from '../../support/run-program.ts'

const script = 'npm run test:long'

/** A file next to the tests. */
export const fileHere = (name: string) => fileURLToPath(new URL(name, import.meta.url))

/** The document that generators read: the one that the API serves. */
export const documentFile = fileHere('../../../contract/openapi.json')

/** The programs of Python packages, by the name of their list of versions in this folder. */
export function pythonPrograms(name: 'client' | 'events' | 'schemathesis'): Promise<string | undefined> {
  const requirements = fileHere(`${name}-requirements.txt`)
  const purpose = name === 'events' ? 'send CloudEvents' : 'try the OpenAPI document'
  return orSkip(async () => programsOf({ name, requirements, command: script, purpose }))
}

/** The npm packages of this folder, apart from the project's own: one generator needs an older TypeScript. */
export function npmPackages(): Promise<string | undefined> {
  const install = async (target: string) => {
    for (const name of ['package.json', 'package-lock.json']) copyFileSync(fileHere(name), join(target, name))
    await runInstaller(['npm', 'ci', '--ignore-scripts', '--no-audit', '--no-fund'], script, target)
  }
  return orSkip(() => installOnce('generators', fileHere('package-lock.json'), install))
}

/** Returns undefined, and prints one line, on a machine that cannot have them. */
async function orSkip(install: () => Promise<string>): Promise<string | undefined> {
  try {
    return await install()
  } catch (cause) {
    if (!(cause instanceof MissingPackages || cause instanceof CannotInstall)) throw cause
    console.log(`${cause.message} Their tests are skipped.`)
    return undefined
  }
}

/** Runs a program and returns what it printed. Throws, with that, where it fails. */
export async function succeed(command: readonly string[], options: RunOptions = {}): Promise<string> {
  const ran = await runProgram(command, { ...options, environment: { ...quiet, ...options.environment } })
  if (ran.code !== 0) throw new Error(`${command.join(' ')} ended with ${ran.code}:\n${printedBy(ran)}`)
  return printedBy(ran)
}

const quiet = {
  NO_COLOR: '1',
  REDOCLY_TELEMETRY: 'off',
  REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true',
  PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
}

function printedBy({ stdout, stderr }: Ran): string {
  return `${stdout}\n${stderr}`.trim()
}
