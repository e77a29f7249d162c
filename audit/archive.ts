import type { Account } from '../core/account/account.ts'
import type { Table } from '../lambdas/store/table.ts'
import type { ArchiveLine } from './archive-lines.ts'
import { ArchiveOrder } from './archive-order.ts'
import { followJournal } from './following.ts'
import { JournalAudit } from './journal.ts'
import { accountsOf } from './reading.ts'
import { type AuditReport, missing, readAccount } from './table.ts'

export interface ArchiveAudited {
  readonly accounts: number
  /** Number of archived entries; copies count once. */
  readonly entries: number
  readonly duplicates: number
  /** Number of entries that are only in the table so far. */
  readonly unarchived: number
  readonly differences: number
}

/**
 * Folds each team's archived entries, followed by the table's own entries that are not archived yet. Compares
 * the result with the accounts of the table, field by field. Copies of an entry count once; missing versions
 * are reported.
 */
export async function auditArchive(
  table: Table,
  lines: AsyncIterable<ArchiveLine>,
  report: AuditReport = {},
): Promise<ArchiveAudited> {
  let [accounts, entries, unarchived, differences] = [0, 0, 0, 0]
  const tell = (teamId: string, wrong: readonly string[]) => {
    differences += wrong.length
    for (const line of wrong) report.onDifference?.(`${teamId}: ${line}`)
  }
  const order = new ArchiveOrder()
  try {
    for await (const { object, line } of lines) take(order, { object, line }, tell)
    const archived = new Map(order.teams())
    for await (const { teamId } of accountsOf(table)) {
      accounts += 1
      const last = archived.get(teamId) ?? 0
      archived.delete(teamId)
      const counts = await auditTeam(table, { teamId, last, order }, (wrong) => tell(teamId, wrong))
      entries += counts.archived
      unarchived += counts.unarchived
    }
    for (const [teamId, version] of archived)
      tell(teamId, [`entries are archived (up to ${version}), and the table has no account`])
    return { accounts, entries, duplicates: order.duplicates, unarchived, differences }
  } finally {
    order.close()
  }
}

type Tell = (teamId: string, wrong: readonly string[]) => void

function take(order: ArchiveOrder, { object, line }: ArchiveLine, tell: Tell): void {
  try {
    const { teamId, wrong } = order.add(line)
    tell(teamId, wrong)
  } catch (cause) {
    tell(object, [`a line cannot be read (${cause instanceof Error ? cause.message : cause})`])
  }
}

interface ArchivedTeam {
  readonly teamId: string
  /** The last archived version; 0 means none. */
  readonly last: number
  readonly order: ArchiveOrder
}

async function auditTeam(
  table: Table,
  { teamId, last, order }: ArchivedTeam,
  tell: (wrong: readonly string[]) => void,
): Promise<{ archived: number; unarchived: number }> {
  const counts = { archived: 0, unarchived: 0 }
  const found = await readAccount(table, teamId)
  if (typeof found === 'string') {
    tell([found])
    return counts
  }
  const { account, dueAt } = found
  const journal = new JournalAudit(teamId)
  for (const entry of order.entriesOf(teamId, account.version)) {
    if (entry.version > journal.next) tell([`${missing(journal.next, entry.version - 1)} in the archive`])
    tell(journal.add(entry))
    counts.archived += 1
  }
  await followJournal(table, { teamId, version: account.version, from: last + 1 }, ({ entry }) => {
    if (entry.version > journal.next) tell([missing(journal.next, entry.version - 1)])
    tell(journal.add(entry))
    counts.unarchived += 1
  })
  tell(beyond(account, last))
  if (journal.next <= account.version) tell([missing(journal.next, account.version)])
  tell(journal.check(account, dueAt))
  return counts
}

function beyond({ version }: Account, last: number): string[] {
  return last > version ? [`entry ${last} is archived, and the account is only at version ${version}`] : []
}
