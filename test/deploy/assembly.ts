import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as v from 'valibot'
import { makePage } from '../stack/synthesized.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const app = fileURLToPath(new URL('../../bin/app.ts', import.meta.url))

/** Stacks that the emulator cannot hold, by how their names end, and resources that it does not know: docs say why. */
export const leftOutStacks: readonly string[] = ['Site']
export const leftOutTypes: readonly string[] = [
  'AWS::Events::Archive',
  'AWS::Athena::NamedQuery',
  'AWS::CloudWatch::CompositeAlarm',
  'Custom::S3AutoDeleteObjects',
]

const Resource = v.looseObject({
  Type: v.string(),
  Properties: v.optional(v.record(v.string(), v.unknown()), {}),
  DependsOn: v.optional(v.union([v.string(), v.array(v.string())])),
})
const Template = v.looseObject({ Resources: v.record(v.string(), Resource) })
export type Template = v.InferOutput<typeof Template>

export interface Assembly {
  readonly folder: string
  /** Names of the stacks to deploy. */
  readonly stacks: readonly string[]
}

/**
 * Makes the templates as `cdk synth` does, and fits them to the emulator: what it does not know is left out, and every schedule
 * runs every minute, so that a test need not wait for an hour. `change` may change a stack further.
 */
export function makeAssembly(
  context: Readonly<Record<string, string>>,
  change: (stack: string, template: Template) => void = () => {},
): Assembly {
  const folder = temporaryFolder()
  synthesize(folder, context)
  const templates = readdirSync(folder).filter((file) => file.endsWith('.template.json'))
  const names = templates.map((file) => file.replace('.template.json', ''))
  const stacks = names.filter((name) => !leftOutStacks.some((end) => name.endsWith(`-${end}`)))
  for (const stack of stacks) {
    const file = join(folder, `${stack}.template.json`)
    const template = v.parse(Template, JSON.parse(readFileSync(file, 'utf8')))
    leaveOut(template)
    shortenSchedules(template)
    change(stack, template)
    writeFileSync(file, JSON.stringify(template))
  }
  return { folder, stacks }
}

function synthesize(folder: string, context: Readonly<Record<string, string>>): void {
  const { status, stderr } = spawnSync(process.execPath, [app], {
    encoding: 'utf8',
    env: {
      PATH: process.env.PATH,
      CDK_OUTDIR: folder,
      CDK_CONTEXT_JSON: JSON.stringify({ page: makePage(), ...context }),
      // Findings are looked for elsewhere; here that would take most of the time.
      CDK_VALIDATION: 'false',
    },
  })
  if (status !== 0) throw new Error(stderr)
}

function leaveOut({ Resources }: Template): void {
  const unknown = Object.entries(Resources).filter(
    ([, { Type, Properties }]) => leftOutTypes.includes(Type) || isAlarmOnSum(Type, Properties),
  )
  for (const [id] of unknown) delete Resources[id]
}

/** The emulator's alarms know one metric each. */
function isAlarmOnSum(type: string, { Metrics }: Readonly<Record<string, unknown>>): boolean {
  return type === 'AWS::CloudWatch::Alarm' && Metrics !== undefined
}

function shortenSchedules({ Resources }: Template): void {
  for (const { Type, Properties } of Object.values(Resources))
    if (Type === 'AWS::Scheduler::Schedule') Properties.ScheduleExpression = 'rate(1 minute)'
}
