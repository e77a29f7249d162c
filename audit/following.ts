import { setTimeout as sleep } from 'node:timers/promises'
import { keyText } from '../lambdas/store/keys.ts'
import type { Table } from '../lambdas/store/table.ts'
import { Fingerprint } from './audit-set.ts'
import type { TeamRead } from './journal-index.ts'
import { entriesInIndex, entriesInTable, type StoredEntry } from './reading.ts'

/**
 * Number of tries, and the pause between them, for an index that lags behind its table. Then the table itself
 * is read.
 */
const lagRoundsMax = 5
const lagPauseMs = 100

/** Versions of a team's journal: from `from` (default 1) to the account's version. */
interface Span {
  readonly teamId: string
  readonly version: number
  readonly from?: number
}

/**
 * Calls `take` with a team's entries up to the account's version, in order. The entries come from the index;
 * from the first one that the index lacks, they come from the table itself.
 */
export async function followJournal(
  table: Table,
  { teamId, version, from = 1 }: Span,
  take: (stored: StoredEntry) => void,
): Promise<TeamRead> {
  const inIndex = new Fingerprint()
  let next = from
  for (let round = 0; next <= version && round <= lagRoundsMax; round++) {
    if (round > 0) await sleep(lagPauseMs)
    for await (const stored of entriesInIndex(table, teamId, next, version)) {
      if (stored.entry.version > next) break
      take(stored)
      inIndex.add(keyText(stored.key))
      next = stored.entry.version + 1
    }
  }
  if (next > version) return { version, inIndex, isWhole: true }
  for (const stored of await entriesInTable(table, teamId, version))
    if (stored.entry.version >= next) take(stored)
  return { version, inIndex, isWhole: false }
}
