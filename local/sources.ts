import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { waitForLock } from '../audit/data-folder/lock.ts'

/** The project's folder, with a trailing slash. */
export const root = fileURLToPath(new URL('..', import.meta.url))

const waitMilliseconds = 120_000
const keptMax = 5

export interface Making {
  /**
   * Contains one folder for each state of the sources, so a running runtime keeps its folder while another
   * one starts.
   */
  readonly outDir: string
  /** The input files and folders, from the project's root. */
  readonly sources: readonly string[]
  /** Fills a new folder. */
  readonly make: (folder: string) => Promise<void>
}

/** Builds an output from the sources unless it exists for their current state. Returns its folder. */
export async function makeOnce({ outDir, sources, make }: Making): Promise<string> {
  const folder = join(outDir, fingerprint(sources))
  if (isThere(folder)) return folder
  const lock = await waitForLock(join(outDir, 'lock'), waitMilliseconds)
  try {
    if (isThere(folder)) return folder
    const draft = join(outDir, 'draft')
    rmSync(draft, { recursive: true, force: true })
    await make(draft)
    renameSync(draft, folder)
    dropOld(outDir)
    return folder
  } finally {
    lock.release()
  }
}

function isThere(folder: string): boolean {
  if (!existsSync(folder)) return false
  utimesSync(folder, new Date(), new Date())
  return true
}

/** A hash that changes with every file of the sources. */
function fingerprint(sources: readonly string[]): string {
  const hash = createHash('sha256')
  for (const file of sources.flatMap((source) => filesIn(join(root, source))).sort())
    hash
      .update(`${file.slice(root.length)}\0`)
      .update(readFileSync(file))
      .update('\0')
  return hash.digest('hex').slice(0, 16)
}

function filesIn(path: string): string[] {
  if (!existsSync(path)) return []
  if (statSync(path).isFile()) return [path]
  const entries = readdirSync(path, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}

function dropOld(outDir: string): void {
  const folders = readdirSync(outDir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(outDir, entry.name))
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)
  for (const folder of folders.slice(keptMax)) rmSync(folder, { recursive: true, force: true })
}
