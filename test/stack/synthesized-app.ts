import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { context, makeBundles, makePage } from './synthesized.ts'

const app = fileURLToPath(new URL('../../bin/app.ts', import.meta.url))

export interface SynthesizedResource {
  readonly stack: string
  readonly id: string
  readonly Type: string
  // biome-ignore lint/suspicious/noExplicitAny: a template is read here as loosely as it is written.
  readonly Properties: Record<string, any>
}

/** Every resource of the whole application, as `cdk synth` makes it. */
export function synthesizeApp(more: Readonly<Record<string, unknown>> = {}): readonly SynthesizedResource[] {
  const folder = temporaryFolder()
  const CDK_CONTEXT_JSON = JSON.stringify({ ...context, bundles: makeBundles(), page: makePage(), ...more })
  const env = { PATH: process.env.PATH, CDK_OUTDIR: folder, CDK_CONTEXT_JSON, CDK_VALIDATION: 'false' }
  const { status, stderr } = spawnSync(process.execPath, [app], { env, encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  return readdirSync(folder)
    .filter((file) => file.endsWith('.template.json'))
    .flatMap((file) => resourcesOf(join(folder, file), file.replace(/\.template\.json$/, '')))
}

function resourcesOf(path: string, stack: string): SynthesizedResource[] {
  const { Resources } = JSON.parse(readFileSync(path, 'utf8'))
  return Object.entries(Resources as Record<string, Omit<SynthesizedResource, 'stack' | 'id'>>).map(
    ([id, { Type, Properties }]) => ({ stack, id, Type, Properties: Properties ?? {} }),
  )
}
