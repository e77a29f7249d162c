import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runFolderName } from './temporary-folder.ts'

/**
 * Creates the folder of a test run, in which every test makes its temporary folders. Workers are killed at the end of a run, so
 * they cannot remove what they made: a run would leave hundreds of megabytes.
 */
export function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'tollgate-tests-'))
  process.env[runFolderName] = folder
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}
