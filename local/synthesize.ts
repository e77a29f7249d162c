import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CannotStart } from './cannot-start.ts'
import { waitForLock } from './lock.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const waitMilliseconds = 120_000
const keptMax = 5

/** Issuer and audience of the tokens on one machine. Without a port: a template must not depend on it. */
export const localAuthority = { issuer: 'http://127.0.0.1/local', audience: ['tollgate'] }

export interface Synthesis {
  /** The folder with the templates and the functions' bundles. */
  readonly folder: string
  readonly isNew: boolean
}

/**
 * Runs the CDK application, unless its sources are those of an earlier run. `outDir` keeps one folder per state of the
 * sources, so a running runtime keeps its own while another one starts. Throws `CannotStart` with the application's own words.
 */
export async function synthesize(outDir: string = join(root, 'dist', 'local')): Promise<Synthesis> {
  const folder = join(outDir, fingerprint())
  if (isThere(folder)) return { folder, isNew: false }
  const lock = await waitForLock(join(outDir, 'lock'), waitMilliseconds)
  try {
    if (isThere(folder)) return { folder, isNew: false }
    const draft = join(outDir, 'draft')
    rmSync(draft, { recursive: true, force: true })
    await runApp(draft)
    renameSync(draft, folder)
    dropOld(outDir)
    return { folder, isNew: true }
  } finally {
    lock.release()
  }
}

function isThere(folder: string): boolean {
  if (!existsSync(folder)) return false
  utimesSync(folder, new Date(), new Date())
  return true
}

async function runApp(folder: string): Promise<void> {
  const [issuer, audience] = [localAuthority.issuer, localAuthority.audience[0]]
  const context = { stage: 'local', payments: 'sandbox', mailFrom: 'tollgate@example.com', issuer, audience }
  const child = spawn(process.execPath, [join(root, 'bin', 'app.ts')], {
    cwd: root,
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      CDK_OUTDIR: folder,
      CDK_CONTEXT_JSON: JSON.stringify(context),
      CDK_DISABLE_STACK_TRACE: '1',
      // Most of a synth's time. The deployment's own synth and the tests do check the template.
      CDK_VALIDATION: 'false',
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const words: Buffer[] = []
  child.stderr.on('data', (chunk: Buffer) => words.push(chunk))
  const [code] = await once(child, 'close')
  if (code !== 0)
    throw new CannotStart(`The template cannot be made:\n${Buffer.concat(words).toString().slice(-4_000)}`)
}

/** Changes with every file that the template or a bundle is made from. */
function fingerprint(): string {
  const hash = createHash('sha256')
  const files = ['bin', 'lib', 'lambdas', 'core'].flatMap((folder) => filesIn(join(root, folder)))
  for (const file of [...files, join(root, 'package-lock.json')].sort()) {
    if (!existsSync(file)) continue
    hash
      .update(`${file.slice(root.length)}\0`)
      .update(readFileSync(file))
      .update('\0')
  }
  return hash.digest('hex').slice(0, 16)
}

function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return []
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}

function dropOld(outDir: string): void {
  const folders = readdirSync(outDir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(outDir, entry.name))
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)
  for (const folder of folders.slice(keptMax)) rmSync(folder, { recursive: true, force: true })
}
