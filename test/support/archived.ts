import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import type { ArchiveStream } from '../../lambdas/archive/archive-stream.ts'
import { Archiver, type ArchiverParts } from '../../lambdas/archive/archiver.ts'
import { ArchiveCursors } from '../../lambdas/store/archive-cursors.ts'
import { JournalStore } from '../../lambdas/store/journal.ts'
import { OpenWorkStore } from '../../lambdas/store/open-work.ts'
import type { Table } from '../../lambdas/store/table.ts'
import { UsageView } from '../../lambdas/store/usage-view.ts'

/** A stream that stores the records of each call. */
export function rememberingStream() {
  const calls: (readonly Buffer[])[] = []
  const stream: ArchiveStream = { put: async (records) => void (records.length > 0 && calls.push(records)) }
  return {
    stream,
    calls,
    lines: () => calls.flat().flatMap((record) => record.toString('utf8').split('\n').filter(Boolean)),
  }
}

/** Updates the usage view to a team's account, which marks the team for the archive. */
export async function ring(table: Table, teamId: string, version: number): Promise<void> {
  if (!(await new UsageView(table, new JournalStore(table)).catchUp(teamId, version)))
    throw new Error(`the view of ${teamId} did not reach version ${version}`)
}

/** The teams whose journal has grown since it was archived. */
export async function marked(table: Table): Promise<readonly string[]> {
  const teamIds: string[] = []
  for await (const teamId of new OpenWorkStore(table).unarchived()) teamIds.push(teamId)
  return teamIds
}

/** An archiver of a table as it is deployed, with the stream of the test. */
export function archiverOf(
  table: Table,
  stream: ArchiveStream,
  more: Partial<Pick<ArchiverParts, 'isLate' | 'isBackward' | 'onFailure'>> = {},
) {
  return new Archiver({
    cursors: new ArchiveCursors(table),
    openWork: new OpenWorkStore(table),
    journal: new JournalStore(table),
    stream,
    isLate: () => false,
    onFailure: (_, error) => {
      throw error
    },
    ...more,
  })
}

/** Writes lines as an archived object. */
export function writeObject(folder: string, name: string, lines: readonly string[]): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, `${name}.ndjson.gz`), gzipSync(lines.map((line) => `${line}\n`).join('')))
}

/** Every line of a folder's objects, with its object. */
export function readObjects(folder: string): readonly { readonly file: string; readonly line: string }[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.gz'),
  )
  return files.toSorted().flatMap((file) =>
    gunzipSync(readFileSync(join(folder, file)))
      .toString('utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => ({ file, line })),
  )
}
