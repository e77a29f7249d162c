import { appendFileSync, cpSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb'
import * as v from 'valibot'
import { buildFunctions } from '../../bin/build.ts'
import type { Target } from '../end-to-end/target.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { makeAssembly, type Template } from './assembly.ts'
import { bootstrap, deploy, destroy, type Outputs } from './cdk.ts'
import { CognitoTokens, IdentityOutputs } from './cognito.ts'
import { clientOptions, type Emulator, startEmulator } from './emulator.ts'
import { startPaymentProcessor } from './payment-processor.ts'

/** With what one deployment differs from another. */
export interface Version {
  /** Settings in addition to the stage. */
  readonly settings?: Readonly<Record<string, string>>
  /** Folder with a bundle per function. */
  readonly bundles: string
  /** Changes a stack's template further. */
  readonly change?: (stack: string, template: Template) => void
}

export interface Deployment extends Target {
  readonly emulator: Emulator
  readonly stage: string
  readonly tableName: string
  /** Address of its archived entries: `s3://bucket/entries`. */
  readonly archiveUrl: string
  /** Deploys another version over the one that is there. */
  update(version: Version): Promise<void>
  /** Asks for the deletion of every stack. */
  destroy(): Promise<void>
}

/** Bundles of the functions as they are now. */
export function makeBundles(): string {
  const folder = temporaryFolder()
  buildFunctions(folder)
  return join(folder, 'lambdas')
}

/** The same functions as other code, as far as a deploy can tell. Each `version` is different. */
export function otherBundles(bundles: string, version: number): string {
  const folder = temporaryFolder()
  cpSync(bundles, folder, { recursive: true })
  for (const name of readdirSync(folder))
    appendFileSync(join(folder, name, 'index.mjs'), `\n// version ${version}\n`)
  return folder
}

/** Starts an emulator and deploys everything to it with the CDK's command line. */
export async function openDeployment(first: Version): Promise<Deployment> {
  const emulator = await startEmulator()
  const stage = 'e2e'
  const assemblyOf = ({ settings, bundles, change }: Version) =>
    makeAssembly({ stage, bundles, ...settings }, change)
  const put = (version: Version): Promise<Outputs> => deploy(emulator, assemblyOf(version))
  try {
    await bootstrap(emulator)
    const outputs = await put(first)
    const processor = await startPaymentProcessor(emulator)
    const { host } = new URL(outputs[`Tollgate-${stage}-Api`]?.ApiUrl ?? '')
    const tokens = new CognitoTokens(
      emulator,
      v.parse(IdentityOutputs, outputs[`Tollgate-${stage}-Identity`]),
    )
    return {
      emulator,
      stage,
      url: emulator.url,
      host,
      tableName: await onlyTable(emulator),
      archiveUrl: outputs[`Tollgate-${stage}-Archive`]?.ArchiveUrl ?? '',
      // As test/deploy/assembly.ts has shortened them, and as long again as the emulator takes to look.
      scheduleMs: 65_000,
      now: async () => Date.now(),
      passUntil: (at) => sleep(Math.max(0, at - Date.now())).then(() => undefined),
      tokenFor: (who) => tokens.tokenFor(who),
      settlePaymentsOf: async () => {},
      update: async (version) => void (await put(version)),
      destroy: () => destroy(emulator, assemblyOf(first)),
      stop: async () => {
        await processor.stop()
        await emulator.stop()
      },
    }
  } catch (cause) {
    await emulator.stop()
    throw cause
  }
}

async function onlyTable(emulator: Emulator): Promise<string> {
  const { TableNames = [] } = await new DynamoDBClient(clientOptions(emulator)).send(new ListTablesCommand())
  const [name] = TableNames
  if (name === undefined || TableNames.length > 1)
    throw new Error(`one table was to be deployed: ${TableNames}`)
  return name
}
