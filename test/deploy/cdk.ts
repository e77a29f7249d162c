import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as v from 'valibot'
import { temporaryFolder } from '../support/temporary-folder.ts'
import type { Assembly } from './assembly.ts'
import type { Emulator } from './emulator.ts'

const cli = fileURLToPath(new URL('../../node_modules/aws-cdk/bin/cdk', import.meta.url))
const account = 'aws://000000000000/us-east-1'

/** A custom resource that never answers is waited for, for an hour: this is far more than a deploy takes on a busy machine. */
const commandMillisecondsMax = 600_000

const Outputs = v.record(v.string(), v.record(v.string(), v.string()))
export type Outputs = v.InferOutput<typeof Outputs>

/** Prepares the account for the CDK, as one does once. */
export async function bootstrap(emulator: Emulator): Promise<void> {
  await cdk(emulator, ['bootstrap', account])
}

/** Deploys the stacks of an assembly; returns their outputs, by stack and name. */
export async function deploy(emulator: Emulator, { folder, stacks }: Assembly): Promise<Outputs> {
  const outputs = join(temporaryFolder(), 'outputs.json')
  // The emulator does not update a stack by a change set.
  const how = ['--method=direct', '--require-approval=never', `--outputs-file=${outputs}`]
  await cdk(emulator, ['deploy', ...stacks, '--app', folder, '--output', folder, ...how])
  return v.parse(Outputs, JSON.parse(readFileSync(outputs, 'utf8')))
}

/** Deletes the stacks of an assembly, in the order that the CDK chooses. */
export async function destroy(emulator: Emulator, { folder, stacks }: Assembly): Promise<void> {
  await cdk(emulator, ['destroy', ...stacks, '--app', folder, '--output', folder, '--force'])
}

/** Runs the CDK's real command line. Rejects with the end of what it said when it fails. */
async function cdk(emulator: Emulator, args: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, [cli, ...args, '--no-notices', '--ci'], {
    // Not where `cdk.json` is: only what is given here counts.
    cwd: temporaryFolder(),
    env: {
      PATH: process.env.PATH,
      HOME: temporaryFolder(),
      CDK_DISABLE_CLI_TELEMETRY: 'true',
      ...emulator.environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: commandMillisecondsMax,
  })
  const words: Buffer[] = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => words.push(chunk))
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`cdk ${args[0]} failed:\n${Buffer.concat(words).toString().slice(-3_000)}`)
}
