import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { App } from 'aws-cdk-lib'
import { ApiStack } from '../../lib/api-stack.ts'
import { readConfig } from '../../lib/config.ts'
import { DataStack } from '../../lib/data-stack.ts'
import { localAuthority } from '../../local/synthesize.ts'
import { makeBundles } from '../stack/synthesized.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

export interface AssemblyFixture {
  /** Output folder of `cdk synth`: templates and bundles. */
  readonly folder: string
  /** Inputs of the stream consumer and the sweep, oldest first. */
  calls(): { readonly event: { readonly Records?: readonly unknown[] }; readonly at: number }[]
}

/** The deployed wiring with small functions, which return their event, or fail as the body asks. */
export function makeAssembly(): AssemblyFixture {
  const callsFile = join(temporaryFolder(), 'calls.ndjson')
  writeFileSync(callsFile, '')
  const folder = temporaryFolder()
  const context = {
    ...localAuthority,
    audience: localAuthority.audience[0],
    stage: 'local',
    localRuntime: true,
    payments: 'sandbox',
  }
  // Other tests check the templates; here the check would take most of the time.
  process.env.CDK_VALIDATION = 'false'
  const app = new App({ context, outdir: folder })
  const config = readConfig(app.node)
  const { table, signingKeys } = new DataStack(app, 'Data', { config })
  const bundles = makeBundles(handlerSource(callsFile))
  new ApiStack(app, 'Api', { config, authority: localAuthority, bundles, table, signingKeys })
  app.synth()
  const calls = () =>
    readFileSync(callsFile, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line))
  return { folder, calls }
}

export type Properties = Record<string, unknown>
export type Resources = Record<string, { Type: string; Properties: Properties }>

/** A copy of an assembly with a changed API template. */
export function changedAssembly(folder: string, change: (resources: Resources) => void): string {
  const copy = temporaryFolder()
  cpSync(folder, copy, { recursive: true })
  const file = join(copy, 'Api.template.json')
  const template = JSON.parse(readFileSync(file, 'utf8'))
  change(template.Resources)
  writeFileSync(file, JSON.stringify(template))
  return copy
}

const handlerSource = (callsFile: string) => `
import { appendFileSync } from 'node:fs'
const failing = new Map()
export const handler = async (event) => {
  if (event.routeKey === undefined) return called(event)
  const ask = event.body?.startsWith('{') ? JSON.parse(event.body) : { ...event.queryStringParameters }
  if (ask.do === 'throw') throw new Error('secret')
  if (ask.do === 'exit') process.exit(3)
  if (ask.do === 'hang') await new Promise(() => {})
  if (ask.do === 'long') return { statusCode: 200, body: JSON.stringify((ask.of ?? 'x').repeat(ask.chars)) }
  if (ask.do === 'nonsense') return { statusCode: 'two hundred' }
  const seen = { event, now: Date.now(), table: process.env.TABLE_NAME, home: process.env.HOME ?? null }
  const dates = [new Date().getTime(), new Date(0) instanceof Date, new Date(5).constructor === Date]
  const headers = { 'Content-Type': 'application/json' }
  return { statusCode: 200, headers, cookies: ['a=1', 'b=2'], body: JSON.stringify({ ...seen, dates }) }
}
function called(event) {
  // Another schedule, for the alarm on silence.
  if (process.env.AWS_LAMBDA_FUNCTION_NAME.startsWith('CheckReaders')) return {}
  appendFileSync(${JSON.stringify(callsFile)}, JSON.stringify({ event, at: Date.now() }) + '\\n')
  const poison = event.Records?.find(({ dynamodb }) => dynamodb.NewImage.poison)
  return { batchItemFailures: poison ? [{ itemIdentifier: poison.dynamodb.SequenceNumber }] : [] }
}
`
