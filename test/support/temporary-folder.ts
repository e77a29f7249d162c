import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Environment variable with the folder of the test run, which `run-folder.ts` creates and removes. */
export const runFolderName = 'TOLLGATE_TEST_FOLDER'

const folders: string[] = []
process.on('exit', () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** Creates a folder that is removed when the test run, or a process outside of one, ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(process.env[runFolderName] ?? tmpdir(), 'tollgate-'))
  folders.push(folder)
  return folder
}
