import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import * as v from 'valibot'
import { CannotStart } from './cannot-start.ts'
import { readJson, writeJson } from './json-file.ts'

/**
 * Format of the files in data folders. Raise it with each change that cannot read the files of the previous
 * format.
 */
const format = 5

const Mark = v.object({ format: v.literal(format) })

/** The database file of a data folder. */
export function databaseFileOf(dataDir: string): string {
  return resolve(dataDir, 'tollgate.db')
}

/** Returns true if the folder contains a table or a clock from an earlier start. */
export function hasData(dataDir: string): boolean {
  return existsSync(databaseFileOf(dataDir)) || existsSync(join(dataDir, 'clock.json'))
}

/**
 * Marks an empty folder with this format. Throws `CannotStart` when the folder contains data of another
 * format.
 */
export function ensureFormat(dataDir: string): void {
  const file = join(dataDir, 'format.json')
  if (!hasData(dataDir)) writeJson(file, { format })
  else if (!v.is(Mark, readJson(file)))
    throw new CannotStart(
      `The data in ${dataDir} was written by another version of Tollgate; move it away or set DATA_DIR.`,
    )
}
