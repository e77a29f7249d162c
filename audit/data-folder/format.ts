import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import * as v from 'valibot'
import { CannotStart } from './cannot-start.ts'
import { readJson, writeJson } from './json-file.ts'

/** Format of what data folders hold. Raise it with each change that does not read what was stored before. */
const format = 1

const Mark = v.object({ format: v.literal(format) })

/** The database file of a data folder. */
export function databaseFileOf(dataDir: string): string {
  return resolve(dataDir, 'tollgate.db')
}

/** Returns whether the folder holds a table, or a clock, of an earlier start. */
export function hasData(dataDir: string): boolean {
  return existsSync(databaseFileOf(dataDir)) || existsSync(join(dataDir, 'clock.json'))
}

/** Marks a folder without data as one of this format. Throws `CannotStart` where its data is of another one. */
export function ensureFormat(dataDir: string): void {
  const file = join(dataDir, 'format.json')
  if (!hasData(dataDir)) writeJson(file, { format })
  else if (!v.is(Mark, readJson(file)))
    throw new CannotStart(
      `The data in ${dataDir} was written by another version of Tollgate; move it away or set DATA_DIR.`,
    )
}
