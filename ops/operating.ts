import type { Table } from '../lambdas/store/table.ts'

/** What every command works with. */
export interface Operating {
  readonly table: Table
  /** Epoch milliseconds, by the test clock where there is one. */
  readonly now: () => number
  readonly print: (line: string) => void
  /** The data folder of this machine; absent: the table is on AWS. */
  readonly dataDir?: string
}

/** A command could not do what it was asked to; the message is for the person who asked. */
export class CannotDo extends Error {
  override readonly name = 'CannotDo'
}

/** What is said at the end of a command that would have written. */
export const dryRun = 'Nothing was written. Add --apply to do it.'

/** `3 teams`, `1 team`. */
export function count(number: number, noun: string): string {
  return `${number.toLocaleString('en-US')} ${noun}${number === 1 ? '' : 's'}`
}
