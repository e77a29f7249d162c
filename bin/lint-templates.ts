import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { supportedRegions } from '../lib/regions.ts'
import { awsTools } from './aws-tools.ts'
import { buildFunctions, bundlesFolder } from './build.ts'
import { buildPage } from './build-page.ts'
import { CannotInstall, pythonPrograms } from './python-packages.ts'

/** Disabled rules, each with the reason. */
const ignored = {
  W3005: 'The CDK writes dependencies that a reference implies already.',
} as const

/**
 * The stages whose templates are linted: a temporary one, and one for customers with every optional setting.
 */
const stages: readonly Readonly<Record<string, string>>[] = [
  { stage: 'dev' },
  {
    stage: 'prod',
    domain: 'hub.example.com',
    certificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/a1',
    mailFrom: 'billing@example.com',
    mailIdentity: 'example.com',
    alarmEmail: 'on-call@example.com',
    breakGlassPrincipals: 'arn:aws:iam::111122223333:role/on-call',
    maxReadUnits: '4000',
    maxWriteUnits: '1000',
  },
]

/**
 * Synthesizes a stage into a folder and returns the paths of its templates. Throws with the application's
 * output.
 */
export function writeTemplates(folder: string, context: Readonly<Record<string, string>>): readonly string[] {
  const app = fileURLToPath(new URL('app.ts', import.meta.url))
  const CDK_CONTEXT_JSON = JSON.stringify(context)
  // The checks of the synthesis run in a separate step.
  const env = { ...process.env, CDK_OUTDIR: folder, CDK_CONTEXT_JSON, CDK_VALIDATION: 'false' }
  const { status, stderr } = spawnSync(process.execPath, [app], { env, encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  const names = readdirSync(folder).filter((name) => name.endsWith('.template.json'))
  return names.map((name) => join(folder, name))
}

/** Lints templates for each supported Region. Returns the findings, one a line. */
export function lint(programs: string, templates: readonly string[]): string {
  const regions = ['--regions', ...supportedRegions]
  const rules = ['--ignore-checks', ...Object.keys(ignored)]
  const args = [...regions, ...rules, '--format', 'parseable', '--', ...templates]
  const { stdout, stderr, error } = spawnSync(join(programs, 'cfn-lint'), args, { encoding: 'utf8' })
  if (error !== undefined) throw error
  return `${stdout}${stderr}`.trim()
}

function lintStages(programs: string): number {
  const folder = mkdtempSync(join(tmpdir(), 'tollgate-lint-'))
  try {
    buildFunctions()
    const built = { bundles: bundlesFolder, page: buildPage() }
    const templates = stages.flatMap((stage) =>
      writeTemplates(join(folder, stage.stage ?? ''), { ...built, ...stage }),
    )
    const findings = lint(programs, templates)
    const words = findings === '' ? 'no finding' : `findings:\n${findings.replaceAll(`${folder}/`, '')}`
    const regions = `${supportedRegions.length} Regions`
    process.stdout.write(`${templates.length} templates of ${stages.length} stages, ${regions}: ${words}\n`)
    return findings === '' ? 0 : 1
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

if (import.meta.main) {
  try {
    process.exitCode = lintStages(pythonPrograms(awsTools))
  } catch (cause) {
    if (!(cause instanceof CannotInstall)) throw cause
    // A machine without Python or a registry cannot lint, so the step passes.
    process.stdout.write(`NOT LINTED: ${cause.message}\n`)
  }
}
