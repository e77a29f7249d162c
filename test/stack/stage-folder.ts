import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { makeBundles, makePage } from './synthesized.ts'

const app = fileURLToPath(new URL('../../bin/app.ts', import.meta.url))

/** The folder with all templates of a deployment, by its context on the command line. Findings are looked for elsewhere. */
export function synthesizeStage(context: Readonly<Record<string, string>>): string {
  const CDK_OUTDIR = temporaryFolder()
  const usual = { mailFrom: 'billing@example.com', bundles: makeBundles(), page: makePage() }
  const CDK_CONTEXT_JSON = JSON.stringify({ ...usual, ...context })
  const env = { PATH: process.env.PATH, CDK_OUTDIR, CDK_CONTEXT_JSON, CDK_VALIDATION: 'false' }
  const { status, stderr } = spawnSync(process.execPath, [app], { env, encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  return CDK_OUTDIR
}

/** Names of all stacks in such a folder. */
export function stacksIn(folder: string): readonly string[] {
  return readdirSync(folder).flatMap((name) => /^(.+)\.template\.json$/.exec(name)?.[1] ?? [])
}
