import { actingAs } from '../lambdas/store/noting.ts'
import type { Table } from '../lambdas/store/table.ts'

/** Surroundings of a command. */
export interface Operating {
  readonly table: Table
  /** Epoch milliseconds, by the test clock if there is one. */
  readonly now: () => number
  readonly print: (line: string) => void
  /** The data folder of this machine. Absent: the table is on AWS. */
  readonly dataDir?: string
}

/** A command cannot do its work. The message is for the person who ran it. */
export class CannotDo extends Error {
  override readonly name = 'CannotDo'
}

/** Printed at the end of a command that would have written. */
export const dryRun = 'Nothing was written. Add --apply to do it.'

/** Formats a number with its noun: `3 teams`, `1 team`. */
export function count(number: number, noun: string): string {
  return `${number.toLocaleString('en-US')} ${noun}${number === 1 ? '' : 's'}`
}

/** The subject in records of what an operator changed by this command line, which has no token. */
const commandLine = 'command-line'

/** Runs work whose entries and changes name the command line as their actor. */
export function asCommandLine<T>(work: () => Promise<T>): Promise<T> {
  return actingAs({ subject: commandLine }, work)
}
